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
  readonly stats?: { readonly numSamples?: number };
  readonly compaction: { readonly parents?: readonly { readonly ulid: string }[] };
  readonly version: number;
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
  const parents = new Set(found.flatMap(({ meta }) => (meta.compaction.parents ?? []).map(({ ulid }) => ulid)));
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
      return [
        { folder: path, samples: meta.stats?.numSamples ?? 0, series: readIndex(readFileSync(join(path, "index"))) },
      ];
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

function readMeta(folder: string): Meta {
  const meta = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")) as Meta;
  if (meta.version !== 1) throw new Damaged(`the version of meta.json is ${meta.version}, not 1`);
  if (![meta.minTime, meta.maxTime].every(Number.isFinite) || !meta.compaction)
    throw new Damaged("meta.json says no times");
  if (!existsSync(join(folder, "chunks"))) throw new Damaged("it has no chunks");
  return meta;
}
