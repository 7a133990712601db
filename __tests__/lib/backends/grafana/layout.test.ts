import type { PanelJson } from "../../../../lib/backends/grafana/json-model";
import { arrange, places } from "../../../../lib/backends/grafana/layout";
import { panelNumber } from "../../../../lib/backends/grafana/panel-number";

const shape = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) => `${w}x${h} at ${x},${y}`;
const panel = (type: PanelJson["type"]) => ({ type, title: type }) as PanelJson;

test.each([
  [1, ["24x8 at 0,5"]],
  [2, ["12x8 at 0,5", "12x8 at 12,5"]],
  [3, ["8x8 at 0,5", "8x8 at 8,5", "8x8 at 16,5"]],
  [4, ["12x8 at 0,5", "12x8 at 12,5", "12x8 at 0,13", "12x8 at 12,13"]],
  [5, ["12x8 at 0,5", "12x8 at 12,5", "12x8 at 0,13", "12x8 at 12,13", "24x8 at 0,21"]],
])("%i graphs share the width evenly, in pairs from four on", (count, wanted) => {
  expect(places(0, count, 5).graphs.map(shape)).toEqual(wanted);
});

test("a single value stands beside its graph", () => {
  const { stats, graphs } = places(1, 1, 0);
  expect([...stats, ...graphs].map(shape)).toEqual(["6x8 at 0,0", "18x8 at 6,0"]);
});

test("several single values stand above the graphs, four in a row, and leave no hole", () => {
  const { stats, graphs } = places(5, 1, 0);
  expect(stats.map(shape)).toEqual(["6x4 at 0,0", "6x4 at 6,0", "6x4 at 12,0", "6x4 at 18,0", "24x4 at 0,4"]);
  expect(graphs.map(shape)).toEqual(["24x8 at 0,8"]);
});

test("two single values stand one over the other beside their graph", () => {
  const { stats, graphs } = places(2, 1, 0);
  expect([...stats, ...graphs].map(shape)).toEqual(["6x4 at 0,0", "6x4 at 0,4", "18x8 at 6,0"]);
});

test("the same over three windows stands in rows of three", () => {
  const { stats, graphs } = places(6, 1, 0);
  expect(stats.map(shape)).toEqual([0, 4].flatMap((y) => [0, 8, 16].map((x) => `8x4 at ${x},${y}`)));
  expect(graphs.map(shape)).toEqual(["24x8 at 0,8"]);
});

test("sections and their groups follow one another from top to bottom", () => {
  const graph = panel("timeseries");
  const arranged = arrange([
    { title: "First", groups: [[panel("stat"), graph], [graph]] },
    { title: "Second", groups: [[graph]] },
  ]);
  expect(arranged.map(({ title, gridPos }) => `${title}: ${gridPos ? shape(gridPos) : "nowhere"}`)).toEqual([
    "First: 24x1 at 0,0",
    "stat: 6x8 at 0,1",
    "timeseries: 18x8 at 6,1",
    "timeseries: 24x8 at 0,9",
    "Second: 24x1 at 0,17",
    "timeseries: 24x8 at 0,18",
  ]);
});

test("panel numbers are stable, and fit what Grafana takes", () => {
  expect(panelNumber("http-latency")).toBe(panelNumber("http-latency"));
  const numbers = Array.from({ length: 1000 }, (_, index) => panelNumber(`panel ${index}`));
  expect(new Set(numbers).size).toBe(1000);
  expect(numbers.every((number) => Number.isInteger(number) && number > 0 && number < 2 ** 31)).toBe(true);
});
