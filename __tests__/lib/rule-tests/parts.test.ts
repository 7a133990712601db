import { humanized } from "../../../lib/rule-tests/humanize";
import { expressionMutants } from "../../../lib/rule-tests/mutation/expression-mutants";
import { firings } from "../../../lib/rule-tests/reckoning/alert-state";
import { printSamples } from "../../../lib/rule-tests/reckoning/series";
import { increaseOf, pointsEvery, pointsWithin, quantileOf } from "../../../lib/rule-tests/reckoning/window-functions";
import { histogramShares } from "../../../lib/rule-tests/stories/distribution";

test.each([
  [0.051, "ratio", "5.1%"],
  [12.345678, "ratio", "1235%"],
  [0.98, "seconds", "980ms"],
  [2.04, "seconds", "2.04s"],
  [3725, "seconds", "1h 2m 5s"],
  [1536, "bytes", "1.5kiB"],
  [12_340, "requests", "12.34k"],
  [0.25, "requests", "250m"],
])("%p %s is told as %s", (value, unit, text) => {
  expect(humanized(value, unit)).toBe(text);
});

test("samples are written as runs of equal steps", () => {
  expect(printSamples([10, 15, 20, 25, 3, "stale", "missing", "missing", 7])).toBe("10+5x3 3 stale _x2 7");
});

test("a window of Prometheus 3 leaves out what lies at its beginning", () => {
  const samples = [0, 10, 20, 30, 40];
  const many = (leftOpen: boolean) => pointsWithin(samples, 4, 15, 60, { leftOpen }).length;
  expect([many(false), many(true)]).toEqual([5, 4]);
});

test("what a counter grew by is extrapolated to the window's edges, and a reset is no loss", () => {
  const points = [100, 130, 20, 50].map((value, index) => ({ at: 15 * (index + 1), value }));
  expect(increaseOf(points, 60, 60)).toBeCloseTo((30 + 20 + 30) * (60 / 45), 9);
});

test("an alert fires once it has held for its time, and for a while after", () => {
  const held = { labels: { job: "a" }, value: 1 };
  const results = [[], [held], [held], [held], [], [], [], []];
  expect(firings(results, { step: 15, hold: 30, keep: 30 })).toEqual([
    { labels: { job: "a" }, from: 3, to: 5, value: 1 },
  ]);
});

test.each([0.3, 1.5, 1.96, 2.04, 3])("a histogram is made whose 95th percentile is %p", (value) => {
  const bounds = [0.1, 0.25, 0.5, 1, 2, 5];
  const leaf = { op: "quantile", q: 0.95 } as Parameters<typeof histogramShares>[0];
  const shares = histogramShares(leaf, bounds, value);
  let count = 0;
  const cumulative = shares.map((share, index) => {
    count += share;
    return { bound: bounds[index] ?? Number.POSITIVE_INFINITY, count };
  });
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  expect(quantileOf(0.95, cumulative)).toBeCloseTo(value, 9);
});

test("an expression is changed in one thing at a time", () => {
  const mutants = expressionMutants('sum by (job) (increase(errors_total{job="a",kind="x"}[5m])) > 5');
  expect(mutants.map(({ what, words }) => `${what}: ${words}`)).toEqual([
    "comparison: > to <",
    "comparison: > to >=",
    "threshold: > 5 to > 5.5",
    "threshold: > 5 to > 4.5",
    "aggregation: without sum by (job)",
    "aggregation: sum to max",
    "function: increase to rate",
    "window: 5m to 10m",
    "window: 5m to 2m30s",
    'matcher: without kind="x"',
    'matcher: kind="x" to something else',
    "matcher: without any job",
  ]);
});

test("a subquery looks at whole multiples of its step, and sees the last sample before each, but none past a failed scrape", () => {
  const samples = [0, 1, 2, "missing", 4, "stale", 6] as const;
  const seen = (leftOpen: boolean) =>
    pointsEvery(samples, 6, 20, { window: 100, every: 50 }, { leftOpen }).map(({ at, value }) => [at, value]);
  expect(seen(true)).toEqual([[50, 2]]);
  expect(pointsEvery(samples, 5, 20, { window: 100, every: 50 }, { leftOpen: false }).map(({ at }) => at)).toEqual([
    0, 50,
  ]);
});
