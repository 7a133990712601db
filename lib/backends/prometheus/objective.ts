import {
  type BurnTier,
  budgetWindow,
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
import { hasFormerNames, type SpanReader, spanReader } from "./span";
import { ruleStyle } from "./style";

const minute = 60;
const hour = 3600;
const duration = (value: number): Duration => ({ value, unit: "seconds" });

/** The window of the sums that are recorded, in seconds, and all that are read from these. */
const base = 5 * minute;
const windows = {
  "30m": 30 * minute,
  "1h": hour,
  "2h": 2 * hour,
  "6h": 6 * hour,
  "1d": 24 * hour,
  "3d": 72 * hour,
} as const;
type Window = keyof typeof windows;

const nameOf = (size: number): Window | "5m" =>
  (Object.keys(windows) as Window[]).find((name) => windows[name] === size) ?? "5m";

/**
 * What a recorded sum covers: a rate over 5 m sees what happened between its first and its last scrape, which is one
 * scrape's interval less than 5 m. Sums that lie so far apart tile a window: nothing is counted twice, nothing left out.
 */
const tile = ({ scrapeEvery }: Environment) => base - scrapeEvery.value;

/**
 * How many sums a tile's time are read of each window: none by number but those of every evaluation up to 1 h, since a
 * short window must not lag behind; then fewer and fewer, since the last minutes of three days matter less.
 */
const readings = (size: number) => (size <= hour ? undefined : size <= 6 * hour ? 3 : 1);

/**
 * What an objective records, as one group of rules. Events are recorded once as sums a second over 5 m; every longer
 * window averages those sums, so it is weighted by traffic and never touches a raw series.
 */
export function objectiveRecordings(environment: Environment, service: Service, objective: Objective): RuleGroup {
  const labels = sloLabels(service.name, objective.id);
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const record = (name: string, expr: string): RecordingRule => ({ record: name, expr, labels });
  const overSpan = spanReader(environment, service, objective);
  const average = averageOver(environment, overSpan);
  const { bad, all } = sums(environment, service, objective);
  const errorRatio = (window: Window) => {
    const size = windows[window];
    return record(sloSeries.errorRatio(window), `${average(fresh.bad, size)} / ${average(fresh.all, size)}`);
  };
  const allowed = formatNumber(Number((1 - objective.target.value).toPrecision(12)));
  const over = budgetWindow(environment, objective);
  const hours = (series: string) =>
    overSpan(series, formatSpan(environment, over.value - hour), formatSpan(environment, hour));
  const spent = `${hours(sloSeries.badHour)} / ${hours(sloSeries.allHour)}`;
  const left = `clamp_min(${sloSeries.budgetRemaining}${matchers}, 0)`;
  const whole = formatNumber(lapsed(environment, over).value);
  return {
    name: "objectives",
    rules: [
      record(fresh.bad, bad),
      record(fresh.all, all),
      record(sloSeries.badHour, overSpan(fresh.bad, formatSpan(environment, hour))),
      record(sloSeries.allHour, overSpan(fresh.all, formatSpan(environment, hour))),
      record(sloSeries.errorRatio("5m"), `${fresh.bad}${matchers} / ${fresh.all}${matchers}`),
      ...(Object.keys(windows) as Window[]).map(errorRatio),
      record(sloSeries.burnRate, `${sloSeries.errorRatio("1h")}${matchers} / ${allowed}`),
      record(sloSeries.budgetRemaining, `1 - ${spent} / ${allowed}`),
      // Nothing burns, nothing ends: then there is no such time.
      record(sloSeries.exhaustion, `${left} * ${whole} / (${sloSeries.burnRate}${matchers} > 0)`),
    ],
  };
}

const fresh = { bad: sloSeries.bad, all: sloSeries.all };

const formatSpan = (environment: Environment, span: number) => formatDuration(lapsed(environment, duration(span)));

/** The average of a recorded sum over a window. The first sum that is read reaches back to the window's beginning. */
const averageOver = (environment: Environment, overSpan: SpanReader) => (series: string, size: number) => {
  const many = readings(size);
  const step = many === undefined ? undefined : formatSpan(environment, tile(environment) / many);
  return overSpan(series, formatSpan(environment, size - tile(environment)), step);
};

/** Bad events and all events a second. For a latency, bad is what was not within the bound. */
function sums(environment: Environment, service: Service, { indicator }: Objective) {
  const style = ruleStyle(environment, service);
  const over = duration(base);
  if (indicator.kind === "latency") {
    const { good, all } = withinParts({ op: "within", of: indicator.of, bound: indicator.bound, over, by: [] }, style);
    return { bad: `${all} - ${good}`, all };
  }
  const all = printNode({ op: "rate", of: indicator.all, over, by: [] }, style);
  const bad = printNode({ op: "rate", of: indicator.bad, over, by: [] }, style);
  // A service that has not failed yet has no such series: that is no bad event, not an unknown number of them.
  return { bad: `${bad} or on (job) 0 * ${all}`, all };
}

/** The two alerts of an objective: one that pages, one that can wait for the day. */
export const burnAlerts = (environment: Environment, service: Service, objective: Objective): readonly AlertRule[] => [
  burnAlert(environment, service, objective, true),
  burnAlert(environment, service, objective, false),
];

/** Fires when one of the tiers burns on both its windows, with at least the floor of events in the short one. */
function burnAlert(environment: Environment, service: Service, objective: Objective, pages: boolean): AlertRule {
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const overSpan = spanReader(environment, service, objective);
  // What is read under several names has lost these; its job is left.
  const and = hasFormerNames(service, objective) ? "and on (job)" : "and";
  const budget = 1 - objective.target.value;
  const tier = ({ long, short, factor }: BurnTier) => {
    const limit = formatNumber(Number((factor * budget).toPrecision(6)));
    const burns = ({ value }: Duration) => `${sloSeries.errorRatio(nameOf(value))}${matchers} > ${limit}`;
    const all = `${fresh.all}${matchers}`;
    const events = short.value > base ? averageOver(environment, overSpan)(fresh.all, short.value) : all;
    const floor = formatNumber(Number((objective.floor / lapsed(environment, short).value).toPrecision(6)));
    return `(${burns(long)} and ${burns(short)} ${and} ${events} >= ${floor})`;
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
