import { type Metric, type Reads, selects } from "@watchbill/model";
import type { Series } from "../replay/series";
import type { Combination } from "./combinations";
import { type HappeningOf, overlap } from "./happening";
import { type Kept, kept, seriesOf } from "./kept";
import { poisson, randomFrom, seedOf } from "./random";
import type { Scrapes } from "./scrapes";
import { touched } from "./weights";

/** The share of a standard normal distribution below a value (Abramowitz and Stegun 7.1.26). */
function below(value: number): number {
  const x = Math.abs(value) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return value < 0 ? tail / 2 : 1 - tail / 2;
}

/** The share of observations in each bucket, the last of which has no end, of a log-normal distribution. */
export function shares(buckets: readonly number[], median: number, spread: number): Float64Array {
  const upTo = [...buckets.map((bound) => below(Math.log(bound / median) / Math.log(spread))), 1];
  return Float64Array.from(upTo, (share, index) => share - (upTo[index - 1] ?? 0));
}

/** As client libraries write a bound: `0.5`, `1`. */
const le = (bound: number) => `${bound}`;

/** The series of a histogram at one target: its cumulated buckets, how many were observed, and their sum. */
export function histogramSeries(
  metric: Pick<Metric, "name" | "buckets">,
  reads: Extract<Reads, { kind: "observations" }>,
  combinations: readonly Combination[],
  scrapes: Scrapes,
  whole: Kept,
  { stretches, seed }: { readonly stretches: readonly HappeningOf<"stretches">[]; readonly seed: string },
): readonly Series[] {
  const { median, spread, perRequest } = reads;
  const { times, begun, requests, target } = scrapes;
  const usual = shares(metric.buckets, median, spread);
  // The mean of a log-normal distribution lies above its median.
  const mean = median * Math.exp(Math.log(spread) ** 2 / 2);
  return combinations.flatMap(({ labels, weight }) => {
    const name = { ...target.labels, ...labels };
    const random = randomFrom(seedOf(`${seed} ${metric.name} ${JSON.stringify(name)}`));
    const own = stretches
      .filter(({ effect }) => selects(effect.of.matchers, labels))
      .map((one) => ({ one, shares: shares(metric.buckets, median * one.effect.factor, spread) }));
    const busy = touched(
      own.map(({ one }) => one),
      times,
      target.interval,
    );
    const counts = new Float64Array(usual.length);
    const cumulated = Array.from(usual, () => new Float64Array(times.length));
    const sums = new Float64Array(times.length);
    const exposed = new Uint8Array(times.length);
    let sum = 0;
    let missing = false;
    for (let index = 0; index < times.length; index++) {
      const time = times[index] ?? 0;
      const since = time - target.interval;
      const began = begun[index] ?? 0;
      let expected = (requests[index] ?? 0) * perRequest * weight;
      if (began > since) {
        counts.fill(0);
        sum = 0;
        expected *= (time - began) / target.interval;
      }
      let stretched = 1;
      for (const { one } of busy[index] === 1 ? own : []) {
        stretched *= 1 + (one.effect.factor - 1) * overlap(one, since, time);
      }
      let total = 0;
      let observed = 0;
      for (let bucket = 0; bucket < usual.length; bucket++) {
        let share = usual[bucket] ?? 0;
        for (const stretch of busy[index] === 1 ? own : []) {
          share += ((stretch.shares[bucket] ?? 0) - share) * overlap(stretch.one, since, time);
        }
        const events = poisson(random, expected * share);
        observed += events;
        counts[bucket] = (counts[bucket] ?? 0) + events;
        total += counts[bucket] ?? 0;
        const upTo = cumulated[bucket];
        if (upTo) upTo[index] = total;
      }
      sum += observed * mean * stretched;
      sums[index] = sum;
      exposed[index] = total > 0 || Object.keys(labels).length === 0 ? 1 : 0;
      missing ||= exposed[index] === 0;
    }
    const samples = missing ? kept(scrapes, exposed) : whole;
    const one = (suffix: string, values: Float64Array, more: Readonly<Record<string, string>> = {}) =>
      seriesOf({ __name__: `${metric.name}_${suffix}`, ...name, ...more }, values, samples);
    const bounds = [...metric.buckets.map(le), "+Inf"];
    return [
      ...cumulated.map((values, bucket) => one("bucket", values, { le: bounds[bucket] ?? "+Inf" })),
      one("count", cumulated.at(-1) ?? sums),
      one("sum", sums),
    ];
  });
}
