import {
  type BurnTier,
  burnTiers,
  type Duration,
  type Environment,
  kebab,
  type Objective,
  type Service,
} from "@watchbill/model";
import { burnAlertId, runbookUrl, serviceLabels, sloLabels, sloSeries } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { severityLabels } from "./alert-rule";
import { formatNumber, printNode, withinParts } from "./promql";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule-file";
import { ruleStyle } from "./style";

const minute = 60;
const hour = 3600;
const duration = (value: number): Duration => ({ value, unit: "seconds" });

/**
 * How each window is read from the recorded sums: from every evaluation's, from those of each fifth minute (which
 * cover 5 m each, so they tile the window), or from the hourly sums.
 */
const windows: Readonly<Record<Window, { readonly size: number; readonly step?: number }>> = {
  "30m": { size: 30 * minute },
  "1h": { size: hour },
  "2h": { size: 2 * hour, step: 5 * minute },
  "6h": { size: 6 * hour, step: 5 * minute },
  "1d": { size: 24 * hour, step: 5 * minute },
  "3d": { size: 72 * hour, step: hour },
};
type Window = "30m" | "1h" | "2h" | "6h" | "1d" | "3d";

const nameOf = (size: number): Window | "5m" =>
  (Object.entries(windows).find(([, window]) => window.size === size)?.[0] as Window | undefined) ?? "5m";

/**
 * What an objective records, as one group of rules. Events are recorded once as sums a second over 5 m; every longer window averages
 * those sums, so it is weighted by traffic and never touches a raw series.
 */
export function objectiveRecordings(environment: Environment, service: Service, objective: Objective): RuleGroup {
  const labels = sloLabels(service.name, objective.id);
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const record = (name: string, expr: string): RecordingRule => ({ record: name, expr, labels });
  const average = averageOver(environment, matchers);
  const errorRatio = (window: Window) => {
    const { size, step } = windows[window];
    const { bad, all } = step === hour ? hourly : fresh;
    return record(sloSeries.errorRatio(window), `${average(bad, size, step)} / ${average(all, size, step)}`);
  };
  const allowed = formatNumber(Number((1 - objective.target.value).toPrecision(12)));
  // A budget can't look back further than the server remembers.
  const kept = Math.min(objective.over.value, environment.retention.value * environment.lapse);
  const spent = `${average(hourly.bad, kept, hour)} / ${average(hourly.all, kept, hour)}`;
  return {
    name: "objectives",
    rules: [
      ...sums(environment, service, objective).map(({ series, expr }) => record(series, expr)),
      record(hourly.bad, average(fresh.bad, hour)),
      record(hourly.all, average(fresh.all, hour)),
      record(sloSeries.errorRatio("5m"), `${fresh.bad}${matchers} / ${fresh.all}${matchers}`),
      ...(Object.keys(windows) as Window[]).map(errorRatio),
      record(sloSeries.burnRate, `${sloSeries.errorRatio("1h")}${matchers} / ${allowed}`),
      record(sloSeries.budgetRemaining, `1 - ${spent} / ${allowed}`),
    ],
  };
}

const fresh = { bad: sloSeries.bad, all: sloSeries.all };
const hourly = { bad: sloSeries.badHour, all: sloSeries.allHour };

/** The average of a recorded series, of all its samples or of one each step. */
const averageOver = (environment: Environment, matchers: string) => (series: string, size: number, step?: number) => {
  const time = (of: number) => formatDuration(lapsed(environment, duration(of)));
  return `avg_over_time(${series}${matchers}[${time(size)}${step === undefined ? "" : `:${time(step)}`}])`;
};

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

/** The two alerts of an objective: one that pages, one that can wait for the day. */
export const burnAlerts = (environment: Environment, service: Service, objective: Objective): readonly AlertRule[] => [
  burnAlert(environment, service, objective, true),
  burnAlert(environment, service, objective, false),
];

/** Fires when one of the tiers burns on both its windows, with at least the floor of events in the short one. */
function burnAlert(environment: Environment, service: Service, objective: Objective, pages: boolean): AlertRule {
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const budget = 1 - objective.target.value;
  const tier = ({ long, short, factor }: BurnTier) => {
    const limit = formatNumber(Number((factor * budget).toPrecision(6)));
    const burns = ({ value }: Duration) => `${sloSeries.errorRatio(nameOf(value))}${matchers} > ${limit}`;
    const { step } = (windows as Partial<typeof windows>)[nameOf(short.value) as Window] ?? {};
    const events =
      short.value > 5 * minute
        ? averageOver(environment, matchers)(fresh.all, short.value, step)
        : `${fresh.all}${matchers}`;
    const floor = formatNumber(Number((objective.floor / short.value).toPrecision(6)));
    return `(${burns(long)} and ${burns(short)} and ${events} >= ${floor})`;
  };
  const tiers = burnTiers(objective.over).filter((candidate) => candidate.pages === pages);
  const id = burnAlertId(pages);
  return {
    alert: id,
    expr: tiers.map(tier).join(" or "),
    labels: { ...serviceLabels(service), ...severityLabels(pages ? "critical" : "high"), objective: objective.id },
    annotations: {
      summary: `The error budget burns ${pages ? "fast" : "steadily"}.`,
      description: `{{ $value | humanizePercentage }} of events miss the objective "${objective.title}"; ${formatNumber(
        Number((budget * 100).toPrecision(6)),
      )}% is what the budget allows.`,
      runbook_url: runbookUrl(environment, { runbook: kebab(id) }),
    },
  };
}
