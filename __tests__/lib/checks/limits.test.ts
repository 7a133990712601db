import {
  above,
  below,
  type Condition,
  formatDiagnostic,
  httpServerMetrics,
  mean,
  milliseconds,
  quantile,
  seconds,
} from "@watchbill/model";
import { check } from "../../../lib/checks";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const { duration } = httpServerMetrics;
const p99 = quantile(0.99, duration);
const there = "__tests__/support/declarations.ts";

const said = (when: Condition) => {
  const services = [shopWith([errorsHigh({ when })])];
  const found = check({ environment: environmentWith(services), services }, { runbooks: new Set(["errors-high"]) });
  return found.map((one) => formatDiagnostic(one).replace(/\.ts:\d+/g, ".ts"));
};

test("a limit that is a bucket is right, also when it was set in milliseconds", () => {
  expect(said(above(p99, seconds(3)))).toEqual([]);
  expect(said(above(p99, milliseconds(250)))).toEqual([]);
});

test("a limit between two buckets is told by how much of one is past it, which is a guess", () => {
  expect(said(above(p99, seconds(4)))).toEqual([
    `warning limit-between-buckets ${there} [shop/ErrorsHigh]: its limit of 4s is none of the buckets of http_request_duration_seconds: how much of a bucket is past it is a guess → take 3s or 5s, or add 4s to the buckets`,
  ]);
  expect(said(above(p99, milliseconds(2)))).toEqual([expect.stringContaining("→ take 10ms, or add 2ms")]);
});

test("a limit at the largest bucket or above is never passed", () => {
  expect(said(above(p99, seconds(10)))).toEqual([
    `error limit-above-buckets ${there} [shop/ErrorsHigh]: its limit of 10s is never passed: http_request_duration_seconds has no bucket above 10s, and whatever is more reads that → add a larger bucket, or lower the limit`,
  ]);
  expect(said(above(p99, seconds(20)))).toHaveLength(1);
});

test("too little can be held against the largest bucket, and an average against anything", () => {
  expect(said(below(p99, seconds(10)))).toEqual([]);
  expect(said(above(mean(duration), seconds(4)))).toEqual([]);
});
