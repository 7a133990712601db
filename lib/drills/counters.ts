import type { Metric, Reads } from "@watchbill/model";
import type { Series } from "../replay/series";
import type { Combination } from "./combinations";
import { type Kept, kept, seriesOf } from "./kept";
import { normal, poisson, randomFrom, seedOf } from "./random";
import type { Scrapes } from "./scrapes";
import { type Counted, weighing } from "./weights";

/** What is measured rather than counted comes evenly, and in parts. */
const measured = new Set(["seconds", "bytes"]);
/** How much of what a process has counted in its life it had counted before the traffic begins, in scrapes. */
const scrapesBefore = 5000;

/**
 * The series of a counter at one target. A combination of labels is exposed from its first event on, as client libraries
 * do, and no longer once its process begins anew.
 */
export function counterSeries(
  metric: Pick<Metric, "name" | "unit">,
  reads: Extract<Reads, { kind: "events" | "flow" }>,
  combinations: readonly Combination[],
  scrapes: Scrapes,
  whole: Kept,
  { counted, seed }: { readonly counted: readonly Counted[]; readonly seed: string },
): readonly Series[] {
  const { times, begun, requests, target } = scrapes;
  const weigh = weighing(combinations, counted, times, target.interval);
  const even = reads.kind === "flow" || measured.has(metric.unit);
  const flow = reads.kind === "flow" ? (reads.perSecond * target.interval) / 1000 : 0;
  const perRequest = reads.kind === "events" ? reads.perRequest : 0;
  const counters = combinations.map(({ labels }) => {
    const name = { __name__: metric.name, ...target.labels, ...labels };
    const random = randomFrom(seedOf(`${seed} ${JSON.stringify(name)}`));
    const draw = even
      ? (mean: number) => mean * Math.max(0, 1 + 0.05 * normal(random))
      : (mean: number) => poisson(random, mean);
    // Without labels a counter is there from the beginning, and so is what never comes.
    const always = Object.keys(labels).length === 0 || reads.kind === "flow";
    return { name, draw, always, value: 0, values: new Float64Array(times.length) };
  });
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    const alive = Math.min(target.interval, time - (begun[index] ?? 0));
    const expected = flow + (requests[index] ?? 0) * perRequest;
    const weights = weigh(index);
    for (let which = 0; which < counters.length; which++) {
      const counter = counters[which];
      if (!counter) continue;
      const mean = expected * (weights[which] ?? 0);
      // A process that has lived for a while has series of what is rare, too.
      if (index === 0) counter.value = counter.draw(mean * scrapesBefore);
      else if (alive < target.interval) counter.value = counter.draw((mean * alive) / target.interval);
      else counter.value += counter.draw(mean);
      counter.values[index] = counter.value;
    }
  }
  return counters.map(({ name, always, values }) => {
    const isWhole = always || values.every((value) => value > 0);
    return seriesOf(
      name,
      values,
      isWhole
        ? whole
        : kept(
            scrapes,
            Uint8Array.from(values, (value) => (value > 0 ? 1 : 0)),
          ),
    );
  });
}
