import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { markStale } from "../../../../lib/replay/series";
import { Block } from "../../../../lib/replay/tsdb/block";
import { crc32c } from "../../../../lib/replay/tsdb/crc32c";
import { ulid } from "../../../../lib/replay/tsdb/ulid";
import { dump, ourBlock, promtool, promtoolBlocks, temporaryFolder } from "../../../support/blocks";
import { oddSeries } from "../../../support/odd-series";

const all = oddSeries();

test("promtool dumps of our block what it dumps of its own blocks of the same samples", () => {
  const ours = dump(ourBlock(all));
  expect(ours.length).toBe(all.reduce((sum, { times }) => sum + times.length, 0));
  expect(ours).toEqual(dump(promtoolBlocks(all)));
});

test("series may come in any order and in pieces", () => {
  const pieces = all.flatMap(({ labels, times, values }) => [
    { labels, times: times.subarray(0, 777), values: values.subarray(0, 777) },
    { labels, times: times.subarray(777), values: values.subarray(777) },
  ]);
  const shuffled = [
    ...pieces.filter((_, index) => index % 2 === 0).reverse(),
    ...pieces.filter((_, index) => index % 2),
  ];
  expect(dump(ourBlock(shuffled))).toEqual(dump(ourBlock(all)));
});

test("promtool finds every label by its value", () => {
  const analysis = promtool("tsdb", "analyze", ourBlock(all));
  expect(analysis).toContain("Series: 7\n");
  expect(analysis).toContain("5 job=shop\n");
});

test("the same samples are the same bytes", () => {
  const [one, other] = [ourBlock(all), ourBlock(all)];
  expect(readdirSync(one)).toEqual(readdirSync(other));
  expect(() => execFileSync("diff", ["-r", one, other])).not.toThrow();
});

test("samples that go back in time are refused", () => {
  const block = new Block(temporaryFolder());
  const series = { labels: { __name__: "m" }, times: Float64Array.of(2, 1), values: Float64Array.of(0, 0) };
  expect(() => block.add(series)).toThrow('[["__name__","m"]]: 1 after 2');
});

test("no sample is no block", () => {
  expect(readdirSync(ourBlock([]))).toEqual([]);
});

test("a stale marker keeps its bits", () => {
  const values = Float64Array.of(1, 2, 3);
  markStale(values, 1);
  expect(Buffer.from(values.buffer, 8, 8).readBigUInt64LE()).toBe(0x7ff0000000000002n);
});

test("checksum and ULID are those of the field", () => {
  // The check value of CRC-32/ISCSI in every catalogue of checksums.
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  expect(ulid(1469918176385, "x")).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
});
