import {
  type BurnTier,
  burnTiers,
  type Duration,
  type Environment,
  type Objective,
  type Service,
} from "@watchbill/model";
import { serviceLabels, sloSeries } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { severityLabels } from "./alert-rule";
import { formatNumber, printNode, withinParts } from "./promql";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule-file";
import { ruleStyle } from "./style";

const minute = 60;
const hour = 3600;
const duration = (value: number): Duration => ({ value, unit: "seconds" });

/**
 * Long windows move slowly: a step of 4 m is exact enough for them, and cheap. Not 5 m, which is as long as Prometheus
 * looks back for a sample: a late evaluation would then find none.
 */
const longStep = duration(4 * minute);

const windowNames = {
  "30m": 30 * minute,
  "1h": hour,
  "2h": 2 * hour,
  "6h": 6 * hour,
  "1d": 24 * hour,
  "3d": 72 * hour,
};
type Window = "5m" | keyof typeof windowNames;
const nameOf = (window: Duration): Window =>
  (Object.entries(windowNames).find(([, value]) => value === window.value)?.[0] as Window | undefined) ?? "5m";

/**
 * An objective as rules. Events are recorded once as sums a second over 5 m; every longer window averages those sums,
 * so it is weighted by traffic and never touches a raw series, and windows above 2 h read sums recorded at longer steps.
 */
export function objectiveGroups(
  environment: Environment,
  service: Service,
  objective: Objective,
): readonly RuleGroup[] {
  const labels = { service: service.name, objective: objective.id };
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const time = (of: Duration) => formatDuration(lapsed(environment, of));
  const record = (name: string, expr: string): RecordingRule => ({ record: name, expr, labels });
  const over = (series: string, window: Duration) => `avg_over_time(${series}${matchers}[${time(window)}])`;
  const share = (bad: string, all: string, window: Duration) => `${over(bad, window)} / ${over(all, window)}`;
  const short = (window: Exclude<Window, "5m">) =>
    record(sloSeries.errorRatio(window), share(sloSeries.bad, sloSeries.all, duration(windowNames[window])));
  const long = (window: Exclude<Window, "5m">) =>
    record(sloSeries.errorRatio(window), share(sloSeries.badHour, sloSeries.allHour, duration(windowNames[window])));

  const allowed = formatNumber(Number((1 - objective.target.value).toPrecision(12)));
  const kept = duration(Math.min(objective.over.value, environment.retention.value * environment.lapse));
  const name = `${service.name}-${objective.id}`;
  return [
    {
      name,
      rules: [
        ...sums(environment, service, objective).map(({ series, expr }) => record(series, expr)),
        record(sloSeries.errorRatio("5m"), `${sloSeries.bad}${matchers} / ${sloSeries.all}${matchers}`),
        short("30m"),
        short("1h"),
        record(sloSeries.burnRate, `${sloSeries.errorRatio("1h")}${matchers} / ${allowed}`),
        burnAlert(environment, service, objective, true),
      ],
    },
    {
      name: `${name}-long`,
      interval: time(longStep),
      rules: [
        record(sloSeries.badHour, over(sloSeries.bad, duration(hour))),
        record(sloSeries.allHour, over(sloSeries.all, duration(hour))),
        short("2h"),
        long("6h"),
        long("1d"),
        long("3d"),
        record(sloSeries.budgetRemaining, `1 - ${share(sloSeries.badHour, sloSeries.allHour, kept)} / ${allowed}`),
        burnAlert(environment, service, objective, false),
      ],
    },
  ];
}

/** Bad events and all events a second. For a latency, bad is what was not within the bound. */
function sums(environment: Environment, service: Service, { indicator }: Objective) {
  const style = ruleStyle(environment, service.name);
  const over = duration(5 * minute);
  if (indicator.kind === "latency") {
    const { good, all } = withinParts({ op: "within", of: indicator.of, bound: indicator.bound, over, by: [] }, style);
    return [
      { series: sloSeries.bad, expr: `${all} - ${good}` },
      { series: sloSeries.all, expr: all },
    ];
  }
  const all = printNode({ op: "rate", of: indicator.all, over, by: [] }, style);
  const bad = printNode({ op: "rate", of: indicator.bad, over, by: [] }, style);
  return [
    // A service that has not failed yet has no such series: that is no bad event, not an unknown number of them.
    { series: sloSeries.bad, expr: `${bad} or on (job) 0 * ${all}` },
    { series: sloSeries.all, expr: all },
  ];
}

/** Fires when one of the tiers burns on both its windows, with at least the floor of events in the short one. */
function burnAlert(environment: Environment, service: Service, objective: Objective, pages: boolean): AlertRule {
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const budget = 1 - objective.target.value;
  const tier = ({ long, short, factor }: BurnTier) => {
    const limit = formatNumber(Number((factor * budget).toPrecision(6)));
    const burns = (window: Duration) => `${sloSeries.errorRatio(nameOf(window))}${matchers} > ${limit}`;
    const [series, window] =
      short.value > 2 * hour ? ([sloSeries.allHour, short] as const) : ([sloSeries.all, short] as const);
    const events = `avg_over_time(${series}${matchers}[${formatDuration(lapsed(environment, window))}])`;
    const floor = formatNumber(Number((objective.floor / short.value).toPrecision(6)));
    return `(${burns(long)} and ${burns(short)} and ${events} >= ${floor})`;
  };
  const tiers = burnTiers(objective.over).filter((candidate) => candidate.pages === pages);
  const id = pages ? "ErrorBudgetBurnFast" : "ErrorBudgetBurnSlow";
  return {
    alert: id,
    expr: tiers.map(tier).join(" or "),
    labels: { ...serviceLabels(service), ...severityLabels(pages ? "critical" : "high"), objective: objective.id },
    annotations: {
      summary: `The error budget burns ${pages ? "fast" : "steadily"}.`,
      description: `{{ $value | humanizePercentage }} of events miss the objective "${objective.title}"; ${formatNumber(
        Number((budget * 100).toPrecision(6)),
      )}% is what the budget allows.`,
      runbook_url: `${environment.links.runbooks}/${pages ? "error-budget-burn-fast" : "error-budget-burn-slow"}.md`,
    },
  };
}
