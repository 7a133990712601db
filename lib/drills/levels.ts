import { type Metric, type Reads, selects } from "@watchbill/model";
import type { Series } from "../replay/series";
import type { Combination } from "./combinations";
import type { HappeningOf } from "./happening";
import { type Kept, seriesOf } from "./kept";
import { normal, randomFrom, seedOf } from "./random";
import type { Scrapes } from "./scrapes";

/** A level goes on as it is for about this long, in ms. */
const memory = 600_000;
const parts = new Set(["seconds", "bytes", "ratio"]);
const isWhole = (unit: string) => !parts.has(unit) && !unit.includes("/");

type Levelled = HappeningOf<"becomes" | "grows">;

/** What something that happens makes of a level at a time. */
function changed({ from, to, effect }: Levelled, time: number, level: number, usual: number): number {
  if (time < from || time >= to) return level;
  if (effect.kind === "becomes") return effect.value;
  const way = effect.within === 0 ? 1 : Math.min(1, (time - from) / 1000 / effect.within);
  return level + (effect.value - usual) * way;
}

/** The series of a gauge at one target. */
export function gaugeSeries(
  metric: Pick<Metric, "name" | "unit">,
  reads: Extract<Reads, { kind: "level" | "clock" | "age" }>,
  combinations: readonly Combination[],
  { times, begun, load, target }: Scrapes,
  whole: Kept,
  { levelled, seed }: { readonly levelled: readonly Levelled[]; readonly seed: string },
): readonly Series[] {
  const holds = Math.exp(-target.interval / memory);
  const [varies, withLoad] = reads.kind === "level" ? [reads.varies, reads.withLoad] : [0, false];
  return combinations.map(({ labels, weight }) => {
    const name = { __name__: metric.name, ...target.labels, ...labels };
    const random = randomFrom(seedOf(`${seed} ${JSON.stringify(name)}`));
    const own = levelled.filter(({ effect }) => selects(effect.of.matchers, { ...target.labels, ...labels }));
    const usual = reads.kind === "level" ? reads.value * weight : 0;
    const values = new Float64Array(times.length);
    let straying = 0;
    for (let index = 0; index < times.length; index++) {
      const time = times[index] ?? 0;
      let level = usual;
      if (reads.kind === "clock") level = time / 1000;
      else if (reads.kind === "age") level = (time - (begun[index] ?? 0)) / 1000;
      else if (varies > 0) {
        straying = holds * straying + Math.sqrt(1 - holds ** 2) * normal(random) * 0.4;
        level = usual * (1 + varies * Math.max(-1, Math.min(1, straying))) * (withLoad ? (load[index] ?? 1) : 1);
      }
      for (const one of own) level = changed(one, time, level, usual);
      values[index] = isWhole(metric.unit) ? Math.round(level) : level;
    }
    return seriesOf(name, values, whole);
  });
}
