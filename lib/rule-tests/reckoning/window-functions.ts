import { lookback } from "../../conventions";
import type { Sample } from "./series";

/** A sample of a window: seconds since the beginning, and value. */
interface Point {
  readonly at: number;
  readonly value: number;
}

/** How a Prometheus bounds its windows: from 3.0 on, what lies exactly at a window's beginning is not in it. */
export interface Dialect {
  readonly leftOpen: boolean;
}

const isWithin = (at: number, from: number, { leftOpen }: Dialect) => (leftOpen ? at > from : at >= from);

const times = new Map<number, number[]>();

/** When samples are, in the whole milliseconds that Prometheus counts in: steps may be fractions of a second. */
function timesOf(step: number, many: number): readonly number[] {
  const known = times.get(step) ?? [];
  times.set(step, known);
  while (known.length < many) known.push(Math.round(known.length * step * 1000) / 1000);
  return known;
}

/** What a window of so many seconds that ends with sample `k` holds. */
export function pointsWithin(samples: readonly Sample[], k: number, step: number, window: number, dialect: Dialect) {
  const from = Math.round((k * step - window) * 1000) / 1000;
  const at = timesOf(step, samples.length);
  const points: Point[] = [];
  for (let index = k < samples.length ? k : samples.length - 1; index >= 0; index -= 1) {
    if (!isWithin(at[index]!, from, dialect)) break;
    const value = samples[index]!;
    if (typeof value === "number") points.push({ at: at[index]!, value });
  }
  return points.reverse();
}

/** What a subquery sees: of each moment that is a multiple of `every`, what an instant selector does. */
export function pointsEvery(
  samples: readonly Sample[],
  k: number,
  step: number,
  { window, every }: { readonly window: number; readonly every: number },
  dialect: Dialect,
) {
  const inMilliseconds = (seconds: number) => Math.round(seconds * 1000);
  const [end, apart] = [inMilliseconds(k * step), inMilliseconds(every)];
  const from = end - inMilliseconds(window);
  const points: Point[] = [];
  for (let at = Math.ceil(from / apart) * apart; at <= end; at += apart) {
    if (at < 0 || !isWithin(at, from, dialect)) continue;
    const point = latest(samples, at / 1000, step, dialect);
    if (point) points.push({ at: at / 1000, value: point.value });
  }
  return points;
}

/** What an instant selector sees at a moment, and a window as long as its memory, which sees past a failed scrape. */
export function latest(
  samples: readonly Sample[],
  moment: number,
  step: number,
  dialect: Dialect,
  { pastFailed = false } = {},
): Point | undefined {
  const newest = Math.floor(moment / step + 1e-9);
  for (let index = newest < samples.length ? newest : samples.length - 1; index >= 0; index -= 1) {
    if (!isWithin(index * step, moment - lookback.value, dialect)) return undefined;
    const value = samples[index]!;
    if (value === "stale" && !pastFailed) return undefined;
    if (typeof value === "number") return { at: index * step, value };
  }
  return undefined;
}

/**
 * `increase`: what a counter grew by, resets taken into account, extrapolated to the window's edges as Prometheus does it
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#rate).
 */
export function increaseOf(points: readonly Point[], end: number, window: number, isRate = false): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return undefined;
  let grown = last.value - first.value;
  for (let index = 1; index < points.length; index += 1) {
    if (points[index]!.value < points[index - 1]!.value) grown += points[index - 1]!.value;
  }
  const sampled = last.at - first.at;
  const apart = sampled / (points.length - 1);
  let toStart = first.at - (end - window);
  const toEnd = end - last.at;
  // A counter was never below zero.
  if (grown > 0 && first.value >= 0) toStart = Math.min(toStart, sampled * (first.value / grown));
  const near = apart * 1.1;
  const covered = sampled + (toStart < near ? toStart : apart / 2) + (toEnd < near ? toEnd : apart / 2);
  return grown * (isRate ? covered / sampled / window : covered / sampled);
}

/** `predict_linear`: the least-squares line through the points, `ahead` seconds after the window's end. */
export function forecastOf(points: readonly Point[], end: number, ahead: number): number | undefined {
  if (points.length < 2) return undefined;
  const mean = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0) / points.length;
  const [at, value] = [mean((point) => point.at - end), mean((point) => point.value)];
  const covariance = mean((point) => (point.at - end - at) * (point.value - value));
  const variance = mean((point) => (point.at - end - at) ** 2);
  const slope = covariance / variance;
  return value - slope * at + slope * ahead;
}

/** `histogram_quantile` of cumulative buckets, by linear interpolation. */
export function quantileOf(q: number, cumulative: readonly { readonly bound: number; readonly count: number }[]) {
  const buckets = [...cumulative].sort((a, b) => a.bound - b.bound);
  const all = buckets.at(-1)?.count ?? 0;
  if (buckets.length < 2 || all === 0) return Number.NaN;
  const rank = q * all;
  const index = buckets.findIndex(({ count }) => count >= rank);
  if (index === buckets.length - 1) return buckets[index - 1]!.bound;
  const { bound, count } = buckets[index]!;
  const below = index === 0 ? { bound: 0, count: 0 } : buckets[index - 1]!;
  if (index === 0 && bound <= 0) return bound;
  return below.bound + (bound - below.bound) * ((rank - below.count) / (count - below.count));
}
