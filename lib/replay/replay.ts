/**
 * What alerts would have fired over made or recorded samples: a real Prometheus evaluates the rules, offline.
 *
 *     const samples = await writeSamples(series);              // Iterable or AsyncIterable of Series, each once
 *     const { alerts, costs, samplesADay } = await replay({
 *       data: samples,                                          // or the series themselves, for one replay
 *       rules: [{ name: "tickets.yml", text: "groups: …" }],    // rule files' texts, in the order of their names
 *       from, to,                                               // ms since 1970, both included
 *       interval: 15_000,                                       // ms, of groups that say none; default 15 s
 *       externalLabels: { environment: "production" },          // as Prometheus adds them; default none
 *       costMoments: 8,                                         // where to measure what rules cost; default 0: nowhere
 *       progress: (share, words) => {},                         // 0 to 1, and what is being done
 *     });
 *     samples.remove();
 *
 * `alerts` are those that fire at some time between `from` and `to`, in the order of `startsAt`; of one that still fires
 * at the end, `endsAt` is missing. Rules are evaluated at whole multiples of their group's interval since 1970; what others
 * look back on is recorded as early as they need it, from the first sample on, so that samples before `from` count, too.
 * Series in the data that a recording rule would record are left out.
 *
 * Throws DiagnosticsError for rules that promtool refuses or that read themselves, and for damaged blocks (`rules-refused`,
 * `rules-circular`, `samples-damaged`). Rules that Prometheus can't evaluate on this data are among `failures`.
 */
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import type { FiredAlert } from "../simulator/fired-alert";
import { momentsWithin, type RuleCost, ruleCosts } from "./cost";
import { evaluate, type Progress } from "./evaluate";
import { plan } from "./plan";
import { Prometheus } from "./prometheus";
import { checkRules, type Rule, type RuleText, readRules } from "./rules";
import { type Samples, writeSamples } from "./samples";
import type { Series } from "./series";
import { Block } from "./tsdb/block";

export type { RuleCost } from "./cost";
export type { RuleText } from "./rules";
export { type Samples, writeSamples } from "./samples";
export { markStale, type Series } from "./series";

interface ReplayOptions {
  readonly data: Samples | Iterable<Series> | AsyncIterable<Series>;
  readonly rules: readonly RuleText[];
  readonly from: number;
  readonly to: number;
  readonly interval?: number;
  readonly externalLabels?: Readonly<Record<string, string>>;
  readonly costMoments?: number;
  readonly progress?: Progress;
}

export interface Replayed {
  readonly alerts: readonly FiredAlert[];
  /** Warnings: rules that can't be evaluated, at times at least. Such an evaluation counts as one without a result. */
  readonly failures: readonly Diagnostic[];
  /** A rule each, in their order; empty without `costMoments`. */
  readonly costs: readonly RuleCost[];
  /** Samples that all rules together touch a day. */
  readonly samplesADay: number;
}

export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { data, from, to, interval = 15_000, costMoments = 0 } = options;
  const mistakes = await checkRules(options.rules);
  if (mistakes.length > 0) throw new DiagnosticsError(mistakes);
  const rules = readRules(options.rules, interval);
  const planned = plan(rules, costMoments > 0);
  if (planned.mistakes.length > 0) throw new DiagnosticsError(planned.mistakes);

  const samples = "blocks" in data ? data : await writeSamples(data);
  const prometheus = new Prometheus();
  try {
    const isRecorded = recordedBy(rules);
    const block = new Block(prometheus.data);
    for (const { series, ...contents } of samples.blocks) {
      block.link({ ...contents, series: series.filter(({ labels }) => !isRecorded(labels)) });
    }
    const { alerts, failures } = await evaluate(prometheus, block, planned.levels, {
      first: samples.count > 0 ? samples.first : from,
      from,
      to,
      externalLabels: options.externalLabels ?? {},
      progress: options.progress ?? (() => {}),
    });
    const moments = momentsWithin(from, to, costMoments, interval);
    const costs = costMoments > 0 ? await ruleCosts(prometheus, rules, moments) : [];
    return {
      alerts: alerts.filter(({ endsAt }) => endsAt === undefined || endsAt > from),
      costs,
      failures,
      samplesADay: costs.reduce((sum, cost) => sum + cost.samplesADay, 0),
    };
  } finally {
    await prometheus.remove();
    if (samples !== data) samples.remove();
  }
}

/** Whether a rule would record a series of these labels. */
function recordedBy(rules: readonly Rule[]): (labels: Series["labels"]) => boolean {
  const recordings = rules.filter(({ kind }) => kind === "recording");
  return (labels) =>
    recordings.some(
      ({ name, labels: own }) =>
        name === labels.__name__ && Object.entries(own).every(([label, value]) => (labels[label] ?? "") === value),
    );
}
