import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { type Samples, samplesOf } from "../samples";
import type { BlockContents } from "../tsdb/block";
import { Damaged } from "../tsdb/byte-reader";
import { readIndex } from "../tsdb/read-index";

interface Meta {
  readonly ulid: string;
  readonly minTime: number;
  readonly maxTime: number;
  /** The blocks that it was made of. */
  readonly parents: readonly string[];
  readonly samples: number;
}

interface Found {
  readonly folder: string;
  readonly meta: Meta;
}

/** The size of a file of tombstones without any. */
const noTombstones = 9;

/**
 * The blocks of a folder of Prometheus's data, or of one block, that hold samples of the span; chunks are read where they
 * are. What is in the write-ahead log only, the last two to three hours of a running server, is not in blocks.
 *
 * @throws DiagnosticsError blocks-empty, blocks-damaged, blocks-deleted, blocks-overlap
 */
export function blockSamples(folder: string, from: number, to: number): Samples {
  const mistakes: Diagnostic[] = [];
  const mistake = (code: string, path: string, message: string, hint: string) =>
    mistakes.push({ code, severity: "error", path, message, hint });
  const damaged = (path: string, error: unknown) => {
    if (!(error instanceof Damaged || error instanceof SyntaxError || (error as { code?: string }).code)) throw error;
    mistake("blocks-damaged", path, `the block can't be read: ${(error as Error).message}`, "take another copy of it");
  };

  const folders = existsSync(join(folder, "meta.json"))
    ? [folder]
    : readdirSync(folder)
        .map((name) => join(folder, name))
        .filter((path) => existsSync(join(path, "meta.json")));
  const found = folders.flatMap((path): Found[] => {
    try {
      return [{ folder: path, meta: readMeta(path) }];
    } catch (error) {
      damaged(path, error);
      return [];
    }
  });
  const parents = new Set(found.flatMap(({ meta }) => meta.parents));
  const within = found
    .filter(({ meta }) => !parents.has(meta.ulid) && meta.minTime <= to && meta.maxTime > from)
    .sort((one, other) => one.meta.minTime - other.meta.minTime);
  const blocks = within.flatMap(({ folder: path, meta }): BlockContents[] => {
    try {
      const tombstones = join(path, "tombstones");
      if (existsSync(tombstones) && statSync(tombstones).size > noTombstones) {
        mistake(
          "blocks-deleted",
          path,
          "samples of the block were deleted, but are in it still",
          "let Prometheus rewrite it: POST /api/v1/admin/tsdb/clean_tombstones",
        );
      }
      return [{ folder: path, samples: meta.samples, series: readIndex(readFileSync(join(path, "index"))) }];
    } catch (error) {
      damaged(path, error);
      return [];
    }
  });
  for (const [index, { meta, folder: path }] of within.entries()) {
    const before = within[index - 1];
    if (!before || before.meta.maxTime <= meta.minTime) continue;
    mistake("blocks-overlap", path, `the block overlaps ${before.meta.ulid}`, "let Prometheus compact them first");
  }
  if (found.length === 0 && mistakes.length === 0) {
    mistake(
      "blocks-empty",
      folder,
      "there is no block in the folder",
      "name the folder that Prometheus keeps its data in",
    );
  }
  if (mistakes.length > 0) throw new DiagnosticsError(mistakes);
  return samplesOf(blocks, () => {});
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readMeta(folder: string): Meta {
  const meta: unknown = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"));
  if (!isObject(meta)) throw new Damaged("meta.json is no object");
  const { version, ulid, minTime, maxTime, compaction, stats } = meta;
  if (version !== 1) throw new Damaged(`the version of meta.json is ${JSON.stringify(version)}, not 1`);
  if (![minTime, maxTime].every(Number.isFinite)) throw new Damaged("meta.json says no times");
  if (typeof ulid !== "string") throw new Damaged("meta.json says no ulid");
  if (!isObject(compaction)) throw new Damaged("meta.json says nothing of its compaction");
  // Go writes null for a list that it never filled.
  const parents: unknown = compaction.parents ?? [];
  if (!Array.isArray(parents) || !parents.every((one) => isObject(one) && typeof one.ulid === "string"))
    throw new Damaged("the parents in meta.json are no blocks");
  if (stats !== undefined && !isObject(stats)) throw new Damaged("the stats in meta.json are none");
  if (!existsSync(join(folder, "chunks"))) throw new Damaged("it has no chunks");
  return {
    ulid,
    minTime,
    maxTime,
    parents: parents.map((one: { ulid: string }) => one.ulid),
    samples: Number(stats?.numSamples ?? 0),
  } as Meta;
}
