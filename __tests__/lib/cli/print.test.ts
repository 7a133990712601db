import { statusTable } from "../../../lib/cli/commands/status";
import { table } from "../../../lib/cli/print";

test("columns are as wide as their widest cell, and lines end without spaces", () => {
  expect(
    table([
      ["a", "long cell", "x"],
      ["bcd", "", "y"],
    ]),
  ).toBe("a    long cell  x\nbcd             y");
  expect(table([])).toBe("");
});

test("a server that is not ready stands out", () => {
  const text = statusTable([
    { name: "prometheus", url: "http://127.0.0.1:9090", version: "2.42.0", ready: true },
    { name: "shop-load", url: null, version: null, ready: false },
  ]);
  expect(text.split("\n")).toEqual([
    "  prometheus  http://127.0.0.1:9090  2.42.0  ready",
    "  shop-load   (listens on nothing)           NOT READY",
  ]);
});
