import type { Series } from "./series";
import { removeFolder, temporaryFolder } from "./temporary";
import { Block, type BlockContents } from "./tsdb/block";

/** Samples on disk, to be replayed as often as there are rules to try on them. */
export interface Samples {
  readonly blocks: readonly BlockContents[];
  /** First and last sample, in milliseconds; not a number where there is none. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Removes what was written for it. */
  remove(): void;
}

/** Writes series to a temporary block, one after another: no more than one of them need be in memory. */
export async function writeSamples(series: Iterable<Series> | AsyncIterable<Series>): Promise<Samples> {
  const folder = temporaryFolder("samples");
  try {
    const block = new Block(folder);
    for await (const one of series) block.add(one);
    block.save();
    return samplesOf([block.contents], () => removeFolder(folder));
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
}

export function samplesOf(blocks: readonly BlockContents[], remove: () => void): Samples {
  let [first, last, count] = [Number.NaN, Number.NaN, 0];
  for (const { series, samples } of blocks) {
    count += samples;
    for (const { chunks } of series) {
      if (!(chunks[0]! >= first)) first = chunks[0]!;
      if (!(chunks.at(-2)! <= last)) last = chunks.at(-2)!;
    }
  }
  return { blocks: blocks.filter(({ samples }) => samples > 0), first, last, count, remove };
}
