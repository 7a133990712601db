import type { Node } from "@watchbill/model";
import { lapsed } from "../../lapse";
import type { Reader } from "../reckoning/evaluate";
import type { Reading } from "./cells";
import { histogramShares } from "./distribution";
import type { Exposer } from "./exposers";
import type { Knobs } from "./levels";
import type { Plan } from "./plan";

/** A counter was never reset before: far from zero, so that nothing is known of its beginning. */
const begun = 2 ** 20;

/** What a gauge that is extrapolated stands at before it begins to move. */
export const forecastFrom = 2 ** 36;

/** Sums of these are exact, whatever their order. */
const exact = (value: number) => Math.round(value * 65536) / 65536;

/** What is a moment: it moves on with the time. */
const isClock = ({ op }: Node) => op === "skew" || op === "remaining";

interface Track {
  readonly suffix: string;
  readonly le?: string;
  readonly samples: readonly number[];
}

/** What one who exposes a metric shows of one cell over time: a series, or those of a histogram. */
export function trackOf(
  { step, environment }: Reader,
  knobs: Knobs,
  plan: Plan,
  reading: Reading,
  index: number,
  { does, role, number }: Exposer,
): readonly Track[] {
  const isStranger = does === "opposite" || reading.cells[index]?.like !== undefined;
  const { metric } = reading;
  const leaf = knobs.leafOf(reading);
  const levels = plan.phases.map(({ steps, setting: planned, others, pulse = 1 }) => {
    const setting = isStranger ? others : does === "well" ? plan.well : planned;
    const level = knobs.levels(setting).get(metric.name)?.[index] ?? 0;
    return { steps, pulse, level, traffic: setting.traffic };
  });
  const resets = plan.disturbances.filter(
    ({ kind, target = number }) => kind === "restart" && number !== undefined && target === number,
  );
  const isReset = (k: number) => resets.some(({ at }) => at === k);
  const share = role === "alone" ? 1 : role === "more" ? 0.6 : 0.4;
  if (metric.kind === "counter") {
    return [
      {
        suffix: "",
        samples: counted(
          levels.map(({ steps, level, pulse }) => ({ steps, pulse, each: exact(level * step * share * pulse) })),
          isReset,
        ),
      },
    ];
  }
  if (metric.kind === "histogram") {
    const parts = levels.map(({ steps, level, traffic }) => ({
      steps,
      flow: exact(10 * step * share * traffic),
      shares: partOf(histogramShares(leaf, metric.buckets, level), role),
      level,
    }));
    const bounds = [...metric.buckets.map(String), "+Inf"];
    const upTo = (shares: readonly number[], bound: number) => shares.slice(0, bound + 1).reduce((a, b) => a + b, 0);
    const count = (each: (part: (typeof parts)[number]) => number) =>
      counted(
        parts.map((part) => ({ steps: part.steps, each: exact(each(part)) })),
        isReset,
      );
    return [
      ...bounds.map((le, bound) => ({
        suffix: "_bucket",
        le,
        samples: count(({ flow, shares }) => flow * upTo(shares, bound)),
      })),
      { suffix: "_sum", samples: count(({ flow, level }) => flow * level) },
      { suffix: "_count", samples: count(({ flow }) => flow) },
    ];
  }
  // There is so little left of the whole that what is foreseen counts.
  if (leaf.op === "forecast" && metric.name !== leaf.of.metric.name) {
    const whole = exact((forecastFrom / (leaf.onlyBelow?.share ?? 1)) * 1.25);
    return [{ suffix: "", samples: levels.flatMap(({ steps }) => Array.from({ length: steps }, () => whole)) }];
  }
  if (leaf.op === "forecast") {
    const start = forecastFrom;
    const slope = (level: number) => ((level - start) / lapsed(environment, leaf.ahead).value) * step;
    return [
      {
        suffix: "",
        samples: counted(
          levels.map(({ steps, level }) => ({ steps, each: exact(role === "less" ? 0 : slope(level)) })),
          () => false,
          start,
        ),
      },
    ];
  }
  const steady = (level: number) => exact(gaugeOf(leaf, level, role));
  const values = levels.flatMap(({ steps, level }) => Array.from({ length: steps }, () => steady(level)));
  if (isClock(leaf)) return [{ suffix: "", samples: values.map((offset, k) => k * step + offset) }];
  return [{ suffix: "", samples: values }];
}

/** What one target of two shows, so that both together give the level. */
function gaugeOf(leaf: Node, level: number, role: Exposer["role"]): number {
  if (leaf.op === "skew") return role === "less" ? 0 : level;
  if (leaf.op === "remaining") return role === "less" ? Math.abs(level) * 2 : level;
  if (leaf.op !== "fold" || role === "alone") return level;
  const isFirst = role === "more";
  switch (leaf.fold) {
    case "sum":
      return level * (isFirst ? 0.6 : 0.4);
    case "avg":
      return level * (isFirst ? 1.25 : 0.75);
    case "max":
      return isFirst ? level : Math.min(level, 0);
    case "min":
      return isFirst ? level : Math.max(level * 2, 1);
  }
}

/** A number that grows by so much each step, and begins anew where it is reset. */
function counted(
  parts: readonly { readonly steps: number; readonly each: number; readonly pulse?: number }[],
  isReset: (k: number) => boolean,
  start = begun,
): readonly number[] {
  let value = start;
  const samples: number[] = [];
  for (const { steps, each, pulse = 1 } of parts) {
    for (let step = 0; step < steps; step += 1) {
      const k = samples.length;
      if (isReset(k)) value = each;
      else if (k > 0 && k % pulse === 0) value += each;
      samples.push(value);
    }
  }
  return samples;
}

/** The second of two targets sees one kind of observations only, so that both together are needed to know. */
function partOf(shares: readonly number[], role: Exposer["role"]): readonly number[] {
  const most = shares.findIndex((share) => share >= 0.4);
  if (role === "alone" || most < 0) return shares;
  const second = shares.map((_, index) => (index === most ? 1 : 0));
  return role === "less" ? second : shares.map((share, index) => (share - 0.4 * second[index]!) / 0.6);
}
