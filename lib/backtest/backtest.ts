import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import type { RuleSet } from "../drills/rule-set";
import { plan } from "../replay/plan";
import { type Replayed, replay, type Samples } from "../replay/replay";
import { checkRules, readRules } from "../replay/rules";
import { samplesFrom } from "../replay/sources/source";
import { type Calls, callsOf } from "./calls";
import { compared, type Firing } from "./firings";

/** One of the two rule sets of a backtest, and how often its groups are evaluated that say nothing else, in ms. */
export interface Side {
  readonly set: RuleSet;
  readonly interval: number;
}

export interface BacktestOptions {
  /** Address of a Prometheus, folder of blocks, or file in OpenMetrics text. */
  readonly data: string;
  readonly from: number;
  readonly to: number;
  readonly after: Side;
  /** Missing: there is nothing to compare with. */
  readonly before?: Side;
  readonly progress?: (share: number, words: string) => void;
}

export interface Backtest {
  readonly from: number;
  /** Those for people, in the order of time; `new` all of them where there is nothing to compare with. */
  readonly firings: readonly Firing[];
  readonly after: Calls;
  readonly before?: Calls;
  /** Samples that were replayed. */
  readonly samples: number;
  /** Warnings: rules that Prometheus can't evaluate on them. */
  readonly failures: readonly Diagnostic[];
}

const textsOf = ({ set }: Side) => set.rules.map(({ text }) => text);
const sameRules = (one: Side, other: Side) =>
  one.interval === other.interval && JSON.stringify(textsOf(one)) === JSON.stringify(textsOf(other));

/**
 * What would have fired, and who would have been told: by the rules of now, and by those of before.
 *
 * @throws DiagnosticsError for data that can't be read (`samplesFrom`) and rules that can't be evaluated (`replay`)
 */
export async function backtest({
  data,
  from,
  to,
  after,
  before,
  progress = () => {},
}: BacktestOptions): Promise<Backtest> {
  const sides = before ? [after, before] : [after];
  const mistakes = (await Promise.all(sides.map(({ set }) => checkRules(set.rules)))).flat();
  if (mistakes.length > 0) throw new DiagnosticsError(mistakes);
  const plans = sides.map(({ set, interval }) => plan(readRules(set.rules, interval)));
  const needs = { raw: plans.flatMap(({ raw }) => raw), lead: Math.max(...plans.map(({ lead }) => lead)) };
  const evaluated = before && !sameRules(before, after) ? 2 : 1;
  const told = (step: number) => (share: number, words: string) => progress((step + share) / (evaluated + 1), words);
  const samples = await samplesFrom(data, { ...needs, from, to, told: told(0) });
  try {
    const run = (side: Side, step: number) => replayed(side, samples, from, to, told(step));
    const now = await run(after, 1);
    const then = before && (evaluated === 2 ? await run(before, 2) : now);
    const callsNow = callsOf(now.alerts, after.set, from, to);
    const callsThen = then && callsOf(then.alerts, before!.set, from, to);
    const forPeople = (calls: Calls, { alerts }: Replayed) => alerts.filter((alert) => !calls.forMachines(alert));
    const firings = compared(then && callsThen ? forPeople(callsThen, then) : [], forPeople(callsNow, now));
    const failures = [...now.failures, ...(evaluated === 2 ? (then?.failures ?? []) : [])];
    const sidesTold = { after: callsNow, ...(callsThen && { before: callsThen }) };
    return { from, firings, ...sidesTold, samples: samples.count, failures };
  } finally {
    samples.remove();
  }
}

const replayed = (
  { set, interval }: Side,
  data: Samples,
  from: number,
  to: number,
  progress: NonNullable<BacktestOptions["progress"]>,
): Promise<Replayed> =>
  replay({ data, rules: set.rules, from, to, interval, externalLabels: set.externalLabels, progress });
