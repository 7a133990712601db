import { appendFileSync, copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Prometheus } from "../../../../lib/replay/prometheus";
import type { Samples } from "../../../../lib/replay/samples";
import { selectorsOf } from "../../../../lib/replay/selectors";
import { samplesFrom } from "../../../../lib/replay/sources/source";
import { Block } from "../../../../lib/replay/tsdb/block";
import { dump, ourBlock, promtoolBlocks, temporaryFolder } from "../../../support/blocks";
import { oddSeries, oddStart } from "../../../support/odd-series";
import { openMetrics } from "../../../support/open-metrics";

const all = oddSeries();
const hour = 3_600_000;
const needs = { raw: [], lead: 0, from: oddStart, to: oddStart + 30 * 24 * hour };
const theirs = promtoolBlocks(all);
const expected = dump(theirs);

/** What Prometheus would read of the samples. */
function dumped(samples: Samples): readonly string[] {
  const data = temporaryFolder();
  const block = new Block(data);
  for (const contents of samples.blocks) block.link(contents);
  block.save();
  const lines = dump(data);
  samples.remove();
  return lines;
}

/** A copy of one of promtool's blocks, to be damaged. */
function copied(): string {
  const folder = temporaryFolder();
  const name = readdirSync(theirs).find((one) => one.length === 26)!;
  cpSync(join(theirs, name), join(folder, name), { recursive: true });
  return join(folder, name);
}
const said = (data: string, more = {}) =>
  samplesFrom(data, { ...needs, ...more }).then(
    () => "nothing",
    (error: Error) => error.message,
  );

test("blocks that Prometheus wrote are read where they are", async () => {
  expect(dumped(await samplesFrom(theirs, needs))).toEqual(expected);
});

test("one block may be named by itself", async () => {
  const block = copied();
  const samples = await samplesFrom(block, needs);
  expect(samples.count).toBe(
    (JSON.parse(readFileSync(join(block, "meta.json"), "utf8")) as { stats: { numSamples: number } }).stats.numSamples,
  );
});

test("a file in OpenMetrics text is the same samples", async () => {
  const file = join(temporaryFolder(), "samples.om");
  writeFileSync(file, openMetrics(all));
  expect(dumped(await samplesFrom(file, needs))).toEqual(expected);
});

test("a series may be written in several ways in OpenMetrics text: labels in any order, and empty ones", async () => {
  const file = join(temporaryFolder(), "samples.om");
  const written = ['m{a="b",c="d"} 1 1767571200', 'm{c="d",a="b"} 3 1767571230', 'm{c="d",e="",a="b",} 2 1767571215'];
  writeFileSync(file, `${written.join("\n")}\n# EOF\n`);
  expect(dumped(await samplesFrom(file, { ...needs, from: 0, to: 2e12 }))).toEqual([
    '{__name__="m", a="b", c="d"} 1 1767571200000',
    '{__name__="m", a="b", c="d"} 2 1767571215000',
    '{__name__="m", a="b", c="d"} 3 1767571230000',
  ]);
});

test("a running Prometheus gives what selectors find, each sample once", async () => {
  const prometheus = new Prometheus();
  try {
    rmSync(prometheus.data, { recursive: true });
    cpSync(ourBlock(all), prometheus.data, { recursive: true });
    const raw = selectorsOf(
      '{job="shop"} + {job="shop",instance="a"} + rate({instance="a"}[5m]) + {job!="shop",__name__!=""}',
    );
    expect(dumped(await samplesFrom(await prometheus.start(), { ...needs, raw }))).toEqual(expected);
  } finally {
    await prometheus.remove();
  }
});

describe("what is wrong with data is one line", () => {
  test("no such file", async () => {
    expect(await said("no/such/file")).toBe(
      "error data-missing [no/such/file]: there is no such file or folder → name one, or an address that begins with http://",
    );
  });

  test("nobody answers", async () => {
    expect(await said("http://user:secret@127.0.0.1:6", { raw: selectorsOf("up") })).toBe(
      "error data-unreachable [http://127.0.0.1:6]: it does not answer: ECONNREFUSED → start it, or give the address that it has",
    );
  });

  test("somebody else answers", async () => {
    const server = createServer((_, answer) => answer.end("<h1>hello</h1>")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const words = await said(`http://127.0.0.1:${port}/prometheus/`, { raw: selectorsOf("up") });
    server.closeAllConnections();
    server.close();
    expect(words).toBe(
      `error data-unreachable [http://127.0.0.1:${port}/prometheus]: it does not answer as Prometheus does → give the address of a Prometheus server`,
    );
  });

  test("other times", async () => {
    const before = { from: oddStart - 2 * hour, to: oddStart - hour };
    const file = join(temporaryFolder(), "samples.om");
    writeFileSync(file, "m 1 1767571200\nm 2 1767571260\n# EOF\n");
    expect(await said(file, before)).toBe(
      `error data-empty [${file}]: nothing is in the time asked for: its samples are from 2026-01-05T00:00Z to 2026-01-05T00:01Z → give other times, or other data`,
    );
    expect(await said(theirs, before)).toBe(
      `error data-empty [${theirs}]: nothing is in the time asked for: there is no sample of what the rules read → give other times, or other data`,
    );
  });

  test("a folder without blocks", async () => {
    const folder = temporaryFolder();
    expect(await said(folder)).toBe(
      `error blocks-empty [${folder}]: there is no block in the folder → name the folder that Prometheus keeps its data in`,
    );
  });

  test.each([
    ["a checksum is wrong", (block: string) => overwrite(join(block, "index"), 40)],
    ["it is no index", (block: string) => overwrite(join(block, "index"), 0)],
    ["it ends too early", (block: string) => writeFileSync(join(block, "index"), Buffer.from("baaad70002", "hex"))],
    ["it has no chunks", (block: string) => rmSync(join(block, "chunks"), { recursive: true })],
    ["the version of meta.json is 2, not 1", (block: string) => meta(block, { version: 2 })],
    ["meta.json says no times", (block: string) => meta(block, { minTime: "soon" })],
    ["meta.json is no object", (block: string) => writeFileSync(join(block, "meta.json"), "null")],
    ["meta.json says no ulid", (block: string) => meta(block, { ulid: null })],
    ["meta.json says nothing of its compaction", (block: string) => meta(block, { compaction: null })],
    ["the parents in meta.json are no blocks", (block: string) => meta(block, { compaction: { parents: [null] } })],
    ["the parents in meta.json are no blocks", (block: string) => meta(block, { compaction: { parents: {} } })],
    ["the stats in meta.json are none", (block: string) => meta(block, { stats: null })],
  ])("a block in which %s", async (words, damage) => {
    const block = copied();
    damage(block);
    expect(await said(block)).toBe(
      `error blocks-damaged [${block}]: the block can't be read: ${words} → take another copy of it`,
    );
  });

  test("a block of which samples were deleted, and two that overlap", async () => {
    const block = copied();
    appendFileSync(join(block, "tombstones"), "x");
    const other = block.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    cpSync(block, other, { recursive: true });
    rmSync(join(other, "tombstones"));
    const name = JSON.parse(readFileSync(join(block, "meta.json"), "utf8")) as { ulid: string };
    expect((await said(join(block, ".."))).split("\n").sort()).toEqual(
      [
        `error blocks-deleted [${block}]: samples of the block were deleted, but are in it still → let Prometheus rewrite it: POST /api/v1/admin/tsdb/clean_tombstones`,
        `error blocks-overlap [${[block, other].sort()[1]}]: the block overlaps ${name.ulid} → let Prometheus compact them first`,
      ].sort(),
    );
  });

  test("times that are no seconds", async () => {
    const file = join(temporaryFolder(), "samples.om");
    writeFileSync(file, "m 1 1767571200000\nm 1 1767571200000000000\n# EOF\n");
    expect(await said(file)).toBe(
      [
        `error open-metrics [${file}:1]: the time 1767571200000 is in no year of four digits → write it in seconds since 1970, not in milliseconds`,
        `error open-metrics [${file}:2]: the time 1767571200000000000 is in no year of four digits → write it in seconds since 1970, not in milliseconds`,
      ].join("\n"),
    );
  });

  test("lines that are no samples", async () => {
    const file = join(temporaryFolder(), "samples.om");
    writeFileSync(file, 'm{a="b"} 1 1767571200\nm{a=b} 1 1767571200\nm 1\nm x 1767571200\n# EOF\n');
    expect(await said(file)).toBe(
      [
        `error open-metrics [${file}:2]: the labels can't be read → write {label="value",other="value"}`,
        `error open-metrics [${file}:3]: the line is no sample with a time → write name{label="value"} 1 1767571200`,
        `error open-metrics [${file}:4]: value or time is no number → write the value, then the time in seconds since 1970`,
      ].join("\n"),
    );
    copyFileSync(file, `${file}.2`);
    writeFileSync(`${file}.2`, "m 1 1767571200\n");
    expect(await said(`${file}.2`)).toBe(
      `error open-metrics [${file}.2:1]: the file has no last line # EOF → take a whole file: this one may be cut off`,
    );
  });
});

function overwrite(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 255;
  writeFileSync(file, bytes);
}

function meta(block: string, change: object): void {
  const file = join(block, "meta.json");
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...change }));
}
