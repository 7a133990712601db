import { labelled } from "./labelled";
import type { Row } from "./matrix";
import type { Grid } from "./range";
import type { Recording } from "./rules";
import { markStale, type Series } from "./series";

interface Alive {
  readonly labels: Series["labels"];
  readonly last: number;
}

/** What a recording rule records: its results under its name, and the end of each series that goes missing. */
export class Recorder {
  readonly #rule: Recording;
  /** Series that had a sample at the last evaluation so far, and when that was. */
  #alive = new Map<string, Alive>();

  constructor(rule: Recording) {
    this.#rule = rule;
  }

  /** The samples of one piece of the grid; pieces come in the order of time. */
  record(rows: readonly Row[], grid: Grid): Series[] {
    const { name, labels: added } = this.#rule;
    const results = labelled(rows, (labels) => ({ ...labels, ...added }));
    const alive = new Map<string, Alive>();
    const series: Series[] = [];
    for (const [key, { labels: found, times, values }] of results) {
      const labels = { ...found, __name__: name };
      const before = this.#alive.get(key);
      this.#alive.delete(key);
      const one = withEnds(labels, times, values, grid, before?.last);
      series.push(one);
      const last = times.at(-1)!;
      if (last === grid.last) alive.set(key, { labels, last });
    }
    for (const { labels } of this.#alive.values())
      series.push(withEnds(labels, new Float64Array(), new Float64Array(), grid, 0));
    this.#alive = alive;
    return series;
  }
}

/** Adds a stale marker at each first evaluation that has no sample after one that had. */
function withEnds(
  labels: Series["labels"],
  times: Float64Array,
  values: Float64Array,
  grid: Grid,
  before: number | undefined,
): Series {
  const { first, last, interval } = grid;
  const ends: number[] = [];
  if (before !== undefined && times[0] !== first) ends.push(first);
  for (let index = 0; index < times.length; index++) {
    const next = times[index]! + interval;
    if (next <= last && times[index + 1] !== next) ends.push(next);
  }
  if (ends.length === 0) return { labels, times, values };
  const all = {
    times: new Float64Array(times.length + ends.length),
    values: new Float64Array(times.length + ends.length),
  };
  let [from, end] = [0, 0];
  for (let index = 0; index < all.times.length; index++) {
    if (end < ends.length && !(times[from]! < ends[end]!)) {
      all.times[index] = ends[end++]!;
      markStale(all.values, index);
    } else {
      all.times[index] = times[from]!;
      all.values[index] = values[from++]!;
    }
  }
  return { labels, ...all };
}
