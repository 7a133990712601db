import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Series } from "../series";
import { BitWriter } from "./bit-writer";
import { ChunkFiles, segmentName } from "./chunk-files";
import { type IndexedSeries, indexFile } from "./index-file";
import { ulid } from "./ulid";
import { encodeChunk, samplesPerChunk, xorEncoding } from "./xor-chunk";

/** What another block may take over without decoding a sample. */
export interface BlockContents {
  /** Folder of a block: its chunks are in `chunks/`. */
  readonly folder: string;
  readonly samples: number;
  readonly series: readonly IndexedSeries[];
}

interface Known {
  readonly labels: Readonly<Record<string, string>>;
  /** First time, last time and reference of each chunk. */
  readonly chunks: number[];
}

/**
 * One block of a Prometheus database that grows: series are encoded as they come, in any order, and `save` writes the index
 * for all of them so far. One block for all times, since what overlaps or is small Prometheus would compact while it is
 * read. No npm package writes blocks, and `promtool tsdb create-blocks-from openmetrics` takes some twenty times as long.
 */
export class Block {
  readonly folder: string;
  readonly #chunks: ChunkFiles;
  readonly #series = new Map<string, Known>();
  // A chunk of the most expensive samples: 20 bytes each.
  readonly #out = new BitWriter(4096);
  #samples = 0;

  /** @param data Prometheus's folder of data */
  constructor(data: string) {
    this.folder = join(data, ulid(0, "watchbill"));
    mkdirSync(this.folder, { recursive: true });
    this.#chunks = new ChunkFiles(join(this.folder, "chunks"));
  }

  get contents(): BlockContents {
    return { folder: this.folder, samples: this.#samples, series: [...this.#series.values()] };
  }

  /**
   * Takes over all samples of another block, whose chunks stay where they are.
   *
   * @throws Error if it holds samples of a series that are not later than those here
   */
  link({ folder, samples, series }: BlockContents): void {
    const chunks = resolve(folder, "chunks");
    const segments = readdirSync(chunks)
      .filter((name) => /^\d+$/.test(name))
      .sort((one, other) => Number(one) - Number(other));
    const first = this.#chunks.segments;
    for (const name of segments) {
      const index = this.#chunks.reserve();
      symlinkSync(join(chunks, name), join(this.folder, "chunks", segmentName(index)));
    }
    for (const { labels, chunks: added } of series) {
      const known = this.#known(labels);
      const last = known.chunks.at(-2) ?? Number.NEGATIVE_INFINITY;
      if (!(added[0]! > last)) throw new Error(`${keyOf(labels)}: ${added[0]} after ${last}`);
      for (let index = 0; index < added.length; index += 3) {
        known.chunks.push(added[index]!, added[index + 1]!, added[index + 2]! + first * 2 ** 32);
      }
    }
    this.#samples += samples;
  }

  /** Adds samples; of a series that is there already, only later ones. Throws when times don't rise. */
  add(series: Series): void {
    const { labels, times, values } = series;
    if (times.length !== values.length)
      throw new Error(`${keyOf(labels)}: ${times.length} times, ${values.length} values`);
    if (times.length === 0) return;
    const known = this.#known(labels);
    let last = known.chunks.at(-2) ?? Number.NEGATIVE_INFINITY;
    for (const time of times) {
      if (!(time > last) || !Number.isSafeInteger(time)) throw new Error(`${keyOf(labels)}: ${time} after ${last}`);
      last = time;
    }
    for (let from = 0; from < times.length; from += samplesPerChunk) {
      const to = Math.min(from + samplesPerChunk, times.length);
      encodeChunk(series, from, to, this.#out);
      known.chunks.push(times[from]!, times[to - 1]!, this.#chunks.write(xorEncoding, this.#out));
    }
    this.#samples += times.length;
  }

  /** Writes the index and meta.json. A server that reads this block must be stopped meanwhile. Prometheus sees what was added when it starts next. Nothing at all is no block. */
  save(): void {
    this.#chunks.close();
    const series = [...this.#series.values()];
    if (series.length === 0) {
      rmSync(this.folder, { recursive: true, force: true });
      return;
    }
    let [minTime, maxTime, chunks] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (const one of series) {
      minTime = Math.min(minTime, one.chunks[0]!);
      maxTime = Math.max(maxTime, one.chunks.at(-2)!);
      chunks += one.chunks.length / 3;
    }
    writeFileSync(join(this.folder, "index"), indexFile(series));
    const name = ulid(0, "watchbill");
    const meta = {
      ulid: name,
      minTime,
      maxTime: maxTime + 1,
      stats: { numSamples: this.#samples, numSeries: series.length, numChunks: chunks },
      compaction: { level: 1, sources: [name] },
      version: 1,
    };
    writeFileSync(join(this.folder, "meta.json"), JSON.stringify(meta));
  }

  #known(labels: Readonly<Record<string, string>>): Known {
    const key = keyOf(labels);
    const found = this.#series.get(key) ?? { labels: withoutEmpty(labels), chunks: [] };
    this.#series.set(key, found);
    return found;
  }
}

/** An empty label is none, in Prometheus. */
const withoutEmpty = (labels: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));

const keyOf = (labels: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(withoutEmpty(labels)).sort(([one], [other]) => (one < other ? -1 : 1)));
