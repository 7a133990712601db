import type { Environment, Indicator, Selection, Service } from "@watchbill/model";
import { resultInterval } from "../../backends/prometheus/probe-interval";
import { lapsed } from "../../lapse";
import { matches } from "../reckoning/matchers";
import type { InputSeries, LabelSet } from "../reckoning/series";
import { targetsOf } from "./cells";

/** What tells of an indicator's events: all of them, or the gauge that is probed. */
export const selectionOf = (indicator: Indicator): Selection =>
  indicator.kind === "events" ? indicator.all : indicator.of;

/** Results that come of the two places of a trial between two evaluations. */
export const resultsPerEvaluation = (environment: Environment, service: Service, of: Selection): number =>
  (2 * lapsed(environment, environment.evaluateEvery).value) / resultInterval(environment, service, of).value;

/**
 * Results of two places, in which a share of each evaluation fails: a whole number of results would give few shares. Beside
 * them what fails always and is not to be read: another job's, and what each matcher keeps out. `missing` are evaluations
 * before which the first place was not scraped.
 */
export function probeSeries(
  environment: Environment,
  service: Service,
  { metric, matchers }: Selection,
  failing: readonly number[],
  missing: readonly number[],
): readonly InputSeries[] {
  const named: LabelSet = Object.fromEntries(
    matchers.filter(({ operator }) => operator === "=").map(({ label, value }) => [label, value]),
  );
  const others = matchers.map((matcher) => ({
    ...named,
    [matcher.label]: [`no-${matcher.value}`, matcher.value].find((value) => !matches(matcher, value)) ?? "other",
  }));
  const targets = targetsOf(environment, service, metric.source);
  const series = (labels: LabelSet, samples: InputSeries["samples"]): InputSeries => ({
    labels: { __name__: metric.name, ...labels },
    samples,
  });
  const always = failing.map(() => 0);
  return [
    ...targets.map((target, index) =>
      series(
        { ...target, ...named },
        failing.map((share, k) => (index === 0 && missing.includes(k) ? "missing" : 1 - share)),
      ),
    ),
    ...others.flatMap((labels) => targets.slice(0, 1).map((target) => series({ ...target, ...labels }, always))),
    series({ job: "elsewhere", instance: "elsewhere:1", service: "elsewhere", ...named }, always),
  ];
}
