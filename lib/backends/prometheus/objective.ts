import { budgetWindow, type Environment, type Objective, type Service } from "@watchbill/model";
import { sloLabels, sloSeries } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { burnAlerts } from "./burn-alert";
import { type EventSums, eventSums, ratioSeries } from "./event-sums";
import { lastingWindow } from "./lasting";
import { formatNumber } from "./promql";
import type { RecordingRule, RuleGroup } from "./rule-file";

const hour = 3600;
const day = 24 * hour;

/** Windows whose ratio is recorded: dashboards show those of the tiers, and lasting tiers look back on theirs. */
const recordedWindows = (environment: Environment, { tiers, lasting }: Objective): readonly number[] =>
  [
    ...new Set([
      hour,
      ...tiers.map(({ long }) => long.value),
      ...lasting.map((tier) => lastingWindow(environment, tier)),
    ]),
  ].sort((a, b) => a - b);

/**
 * What an objective records and whom it calls, as one group of rules. Events are counted once, between two evaluations;
 * sums of these counts make every window, so that a ratio is weighted by traffic, is of just that window, and never touches
 * a raw series.
 */
export function objectiveGroup(environment: Environment, service: Service, objective: Objective): RuleGroup {
  const labels = sloLabels(service.name, objective.id);
  const record = (name: string, expr: string): RecordingRule => ({ record: name, expr, labels });
  const sums = eventSums(environment, service, objective);
  return {
    name: "objectives",
    rules: [
      ...(["all", "bad"] as const).map((which) => record(sloSeries.events(which), sums.latest(which))),
      ...(["1h", "6h", "1d"] as const).flatMap((window) =>
        (["bad", "all"] as const).map((which) =>
          record(sloSeries.eventsWithin(which, window), sums.recordedSum(which, window)),
        ),
      ),
      ...recordedWindows(environment, objective).map((size) => record(ratioSeries(size), sums.ratio(size))),
      ...budgetRules(environment, service, objective, sums, record),
      // In the group of what they read, so that they see it at once and not an evaluation later.
      ...burnAlerts(environment, service, objective, sums, new Set(recordedWindows(environment, objective))),
    ],
  };
}

/** A pace so slow that the budget outlasts everybody; it stands in for none at all, which can't be divided by. */
const slowestBurn = "0.000001";

/** What is left of the error budget, how fast it goes, and when it is gone. */
function budgetRules(
  environment: Environment,
  service: Service,
  objective: Objective,
  sums: EventSums,
  record: (name: string, expr: string) => RecordingRule,
): readonly RecordingRule[] {
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const allowed = formatNumber(Number((1 - objective.target.value).toPrecision(12)));
  const over = budgetWindow(environment, objective);
  const time = (value: number) => formatDuration(lapsed(environment, { value, unit: "seconds" }));
  /** The last day to the second; of those before, hours that begin every half hour, so that each counts twice. */
  const within = (which: "bad" | "all") => {
    if (over.value <= day) return sums.within(which, over.value);
    const lastDay = sums.reader.at(sloSeries.eventsWithin(which, "1d"));
    const options = { step: time(hour / 2), offset: time(day) };
    const before = sums.reader.over(sloSeries.eventsWithin(which, "1h"), sums.range(over.value - day), options);
    return `(${lastDay} + (sum_over_time(${before}) / 2 or 0 * ${lastDay}))`;
  };
  const left = `clamp_min(${sloSeries.budgetRemaining}${matchers}, 0)`;
  const whole = formatNumber(lapsed(environment, over).value);
  return [
    record(sloSeries.burnRate, `${sloSeries.errorRatio("1h")}${matchers} / ${allowed}`),
    record(sloSeries.budgetRemaining, `1 - ${within("bad")} / ${within("all")} / ${allowed}`),
    // Where nothing burns this is ages, not nothing: nothing is what a service has of which nobody knows.
    record(sloSeries.exhaustion, `${left} * ${whole} / clamp_min(${sloSeries.burnRate}${matchers}, ${slowestBurn})`),
  ];
}
