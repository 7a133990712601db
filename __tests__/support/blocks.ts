import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Series } from "../../lib/replay/series";
import { Block } from "../../lib/replay/tsdb/block";
import { openMetrics } from "./open-metrics";

const folders: string[] = [];

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "watchbill-test-"));
  folders.push(made);
  return made;
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

export const promtool = (...words: string[]) =>
  execFileSync("promtool", words, { encoding: "utf8", maxBuffer: 2 ** 28 });

/** All samples of a folder; promtool wants a write-ahead log in it, be it empty. */
export function dump(data: string): readonly string[] {
  mkdirSync(join(data, "wal"), { recursive: true });
  return promtool("tsdb", "dump", data).trim().split("\n").sort();
}

/** A folder with our block of the series. */
export function ourBlock(series: readonly Series[]): string {
  const data = temporaryFolder();
  const block = new Block(data);
  for (const one of series) block.add(one);
  block.save();
  return data;
}

/** A folder with promtool's blocks of the series. */
export function promtoolBlocks(series: readonly Series[]): string {
  const data = temporaryFolder();
  const text = join(temporaryFolder(), "samples.om");
  writeFileSync(text, openMetrics(series));
  promtool("tsdb", "create-blocks-from", "openmetrics", "-q", text, data);
  return data;
}
