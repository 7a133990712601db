import { selects } from "@watchbill/model";
import type { Combination } from "./combinations";
import { type Happening, type HappeningOf, overlap } from "./happening";

export type Counted = HappeningOf<"multiplies" | "turns">;

/** For each scrape, whether something happens between the one before and it. */
export function touched(happenings: readonly Pick<Happening, "from" | "to">[], times: Float64Array, interval: number) {
  const found = new Uint8Array(times.length);
  const [first = 0] = times;
  const indexAt = (time: number) => Math.min(times.length, Math.max(0, Math.ceil((time - first) / interval)));
  for (const { from, to } of happenings) found.fill(1, indexAt(from), indexAt(to + interval));
  return found;
}

/** What the combinations of a metric weigh between a scrape and the one before, with all that happens then. */
export function weighing(
  combinations: readonly Combination[],
  counted: readonly Counted[],
  times: Float64Array,
  interval: number,
) {
  const busy = touched(counted, times, interval);
  const usual = Float64Array.from(combinations, ({ weight }) => weight);
  const now = new Float64Array(usual.length);
  const key = (labels: Combination["labels"]) => JSON.stringify(Object.entries(labels).sort());
  const places = new Map(combinations.map(({ labels }, index) => [key(labels), index]));
  const plans = counted.map((one) => ({
    one,
    moves: combinations.flatMap(({ labels }, from) => {
      const { effect } = one;
      if (!selects(effect.of.matchers, labels)) return [];
      return [
        { from, into: effect.kind === "turns" ? (places.get(key({ ...labels, ...effect.into })) ?? from) : from },
      ];
    }),
  }));
  return (index: number): Float64Array => {
    if (busy[index] === 0) return usual;
    now.set(usual);
    const time = times[index] ?? 0;
    for (const { one, moves } of plans) {
      const part = overlap(one, time - interval, time);
      if (part === 0) continue;
      const { effect } = one;
      for (const { from, into } of moves) {
        const weight = now[from] ?? 0;
        if (effect.kind === "multiplies") now[from] = weight * (1 + (effect.factor - 1) * part);
        else if (into !== from) {
          now[from] = weight * (1 - effect.share * part);
          now[into] = (now[into] ?? 0) + weight * effect.share * part;
        }
      }
    }
    return now;
  };
}
