import { markStale, type Series } from "../replay/series";
import type { Scrapes } from "./scrapes";

/** The samples that Prometheus keeps of what a target exposes: one each successful scrape, and a mark where a run ends. */
export interface Kept {
  readonly times: Float64Array;
  /** Of each sample, its scrape; -1 less that for a mark. */
  readonly scrapes: Int32Array;
}

/** Which samples there are of a series that is exposed from time to time. */
export function kept({ times, succeeds }: Pick<Scrapes, "times" | "succeeds">, exposed?: Uint8Array): Kept {
  const found = new Int32Array(times.length + 1);
  let size = 0;
  let running = false;
  for (let index = 0; index < times.length; index++) {
    const there = succeeds[index] === 1 && (exposed === undefined || exposed[index] === 1);
    if (there) found[size++] = index;
    else if (running) found[size++] = -1 - index;
    running = there;
  }
  const scrapes = found.slice(0, size);
  const at = new Float64Array(size);
  for (let sample = 0; sample < size; sample++) {
    const index = scrapes[sample] ?? 0;
    at[sample] = times[index < 0 ? -1 - index : index] ?? 0;
  }
  return { times: at, scrapes };
}

/** A series of the samples that are kept, out of one value for each scrape. */
export function seriesOf(labels: Series["labels"], values: Float64Array, { times, scrapes }: Kept): Series {
  if (scrapes.length === values.length && (scrapes[0] ?? 0) === 0 && !scrapes.some((index) => index < 0)) {
    return { labels, times, values };
  }
  const own = new Float64Array(scrapes.length);
  for (let sample = 0; sample < scrapes.length; sample++) {
    const index = scrapes[sample] ?? 0;
    if (index < 0) markStale(own, sample);
    else own[sample] = values[index] ?? 0;
  }
  return { labels, times, values: own };
}
