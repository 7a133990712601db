import { compared } from "../../../lib/backtest/firings";
import { rowsOf, totalsOf } from "../../../lib/backtest/report";
import type { FiredAlert } from "../../../lib/simulator";

const start = Date.UTC(2026, 0, 5);
const minute = 60_000;
const fired = (from: number, to: number | undefined, labels = {}): FiredAlert => ({
  labels: { alertname: "Down", service: "shop", severity: "critical", ...labels },
  startsAt: start + from * minute,
  ...(to !== undefined && { endsAt: start + to * minute }),
});
const call = { names: ["#alerts"], wakes: true, before: false, why: "" };
const calls = { of: () => call, forMachines: () => false, told: 1, pages: 1 };
const report = (before: readonly FiredAlert[], after: readonly FiredAlert[]) => ({
  from: start - minute,
  firings: compared(before, after),
  before: calls,
  after: calls,
  samples: 0,
  failures: [],
});
const changes = (before: readonly FiredAlert[], after: readonly FiredAlert[]) =>
  rowsOf(report(before, after), "UTC")
    .slice(1)
    .map(([when, lasted, , , change]) => `${when} ${lasted} ${change}`);

test("what fires at the same time under the same name is the same, whatever else about it changed", () => {
  expect(changes([fired(0, 5)], [fired(0, 5)])).toEqual(["01-05 00:00:00 5m   same"]);
  expect(changes([fired(2, 5)], [fired(0, 5)])).toEqual(["01-05 00:00:00 5m ~ 2m sooner"]);
  expect(changes([fired(0, 5)], [fired(1, 5)])).toEqual(["01-05 00:01:00 4m ~ 1m later"]);
  expect(changes([fired(0, undefined)], [fired(0, 5)])).toEqual(["01-05 00:00:00 5m ~ was to the end"]);
  expect(changes([fired(0, 5)], [fired(0, 5, { severity: "warning" })])).toEqual(["01-05 00:00:00 5m ~ was critical"]);
  expect(changes([fired(0, 5)], [fired(0, 5, { owner: "them" })])).toEqual(["01-05 00:00:00 5m ~ other labels"]);
});

test("what fires at another time, or is another's, is gone or new", () => {
  expect(changes([fired(0, 5)], [fired(5, 6)])).toEqual(["01-05 00:00:00 5m - gone", "01-05 00:05:00 1m + new"]);
  expect(changes([fired(0, 5)], [fired(0, 5, { service: "tickets" })]).sort()).toEqual([
    "01-05 00:00:00 5m + new",
    "01-05 00:00:00 5m - gone",
  ]);
  // One that was long is the same as one of those that it fell into.
  expect(changes([fired(0, 9)], [fired(0, 3), fired(5, 9)])).toEqual([
    "01-05 00:00:00 3m ~ was 9m",
    "01-05 00:05:00 4m + new",
  ]);
});

test("what fires again and again is told three times, and then counted", () => {
  const flapping = Array.from({ length: 20 }, (_, index) => fired(index * 2, index * 2 + 1));
  expect(rowsOf(report([], flapping), "Europe/Berlin").slice(1)).toEqual([
    ["01-05 01:00:00", "1m", "Down", "shop", "+ new", "pages #alerts"],
    ["01-05 01:02:00", "1m", "Down", "shop", "+ new", "pages #alerts"],
    ["01-05 01:04:00", "1m", "Down", "shop", "+ new", "pages #alerts"],
    ["… and again", "17 times, 17m", "Down", "shop", "+ new", "pages #alerts"],
  ]);
});

test("totals count each side", () => {
  expect(totalsOf(report([fired(0, 5), fired(7, 8)], [fired(0, 5), fired(20, 21), fired(30, 31)]))).toEqual([
    "before: 2 alerts fired, 1 message of new trouble, 1 page among them",
    "after:  3 alerts fired, 1 message of new trouble, 1 page among them",
    "so:     2 new, 1 gone, 0 changed, 1 same",
  ]);
});
