import { formatDuration } from "../lapse";
import type { Firing } from "./reckoning/alert-state";
import type { InputSeries, LabelSet } from "./reckoning/series";
import { printLabels, printSamples } from "./reckoning/series";

/** What one rule is expected to do over a story: the part of a case that is held against Prometheus. */
export interface Expectation {
  /** As the rule under test is called; mutants have names of their own. */
  readonly alert: string;
  readonly fires: readonly (Firing & { readonly told: LabelSet; readonly annotations: LabelSet })[];
}

export interface Trial {
  readonly name: string;
  readonly step: number;
  readonly evaluations: number;
  readonly series: readonly InputSeries[];
  readonly expects: readonly Expectation[];
}

const at = (k: number, step: number) => formatDuration({ value: k * step, unit: "seconds" });

const firing = (alert: string) => `ALERTS{alertname="${alert}",alertstate="firing"}`;

/** One entry of promtool's `tests` (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/). */
function trialEntry({ name, step, evaluations, series, expects }: Trial) {
  const last = evaluations - 1;
  const moment = (k: number) => at(k, step);
  return {
    name,
    interval: at(1, step),
    input_series: series.map(({ labels, samples }) => ({ series: printLabels(labels), values: printSamples(samples) })),
    // promtool tells an expression that failed, and not of which test.
    alert_rule_test: expects.flatMap(({ alert, fires }) => alertChecks(alert, fires, moment)),
    promql_expr_test: expects.flatMap(({ alert, fires }) => [
      // Every evaluation counts: one too many, at whatever moment, is seen.
      {
        expr: `count_over_time(${firing(alert)}[${at(evaluations + 1, step)}]) # ${name}`,
        eval_time: moment(last),
        exp_samples: counts(alert, fires),
      },
      ...resolutions(fires, last).map((k) => ({
        expr: `${firing(alert)} # ${name}`,
        eval_time: moment(k),
        exp_samples: fires
          .filter(({ from, to }) => from <= k && k <= to)
          .map(({ told }) => ({ labels: `ALERTS${alertLabels(alert, told)}`, value: 1 })),
      })),
    ]),
  };
}

const alertLabels = (alert: string, told: LabelSet) => printLabels({ alertname: alert, alertstate: "firing", ...told });

/** Moments at which something begins: just before, and then, with all that is told. */
function alertChecks(alert: string, fires: Expectation["fires"], moment: (k: number) => string) {
  const begin = [...new Set(fires.map(({ from }) => from))].slice(0, 2);
  const checked = [...new Set(begin.flatMap((k) => (k > 0 ? [k - 1, k] : [k])))];
  return checked
    .filter((k) => fires.every(({ from, to }) => from === k || k < from || k > to))
    .map((k) => ({
      eval_time: moment(k),
      alertname: alert,
      exp_alerts: fires
        .filter(({ from }) => from === k)
        .map(({ told, annotations }) => ({ exp_labels: told, exp_annotations: annotations })),
    }));
}

/** The last evaluation of each stretch and the one after it. */
const resolutions = (fires: Expectation["fires"], last: number) =>
  [...new Set(fires.flatMap(({ to }) => (to < last ? [to, to + 1] : [])))].slice(0, 4);

function counts(alert: string, fires: Expectation["fires"]) {
  const totals = new Map<string, number>();
  for (const { told, from, to } of fires) {
    const labels = alertLabels(alert, told);
    totals.set(labels, (totals.get(labels) ?? 0) + to - from + 1);
  }
  return [...totals].map(([labels, value]) => ({ labels, value }));
}

/** A test file of promtool for rule files that are evaluated group by group, in this order. */
export const testFile = (ruleFiles: readonly string[], groups: readonly string[], trials: readonly Trial[]) => ({
  rule_files: ruleFiles,
  // One for all: promtool knows no interval of a test's own for rules.
  evaluation_interval: at(1, trials[0]?.step ?? 15),
  group_eval_order: groups,
  tests: trials.map(trialEntry),
});
