import { clock } from "../../../lib/drills/clock";
import { loadAt } from "../../../lib/drills/load";

const monday = Date.UTC(2026, 2, 2);
const week = Array.from({ length: 7 * 24 * 60 }, (_, minute) => loadAt(monday + minute * 60_000));

test("the load of a week is largest on one evening, where it is 1, and never nothing", () => {
  const largest = Math.max(...week);
  expect(largest).toBeCloseTo(1, 2);
  expect(new Date(monday + week.indexOf(largest) * 60_000).getUTCHours()).toBe(19);
  expect(Math.min(...week)).toBeGreaterThan(0.1);
});

test("nights are quiet, days are full, and no minute is unlike the one before", () => {
  expect(loadAt(monday + 4 * 3_600_000)).toBeLessThan(0.2);
  expect(loadAt(monday + 12.5 * 3_600_000)).toBeGreaterThan(0.5);
  const steps = week.slice(1).map((load, index) => Math.abs(load - (week[index] ?? 0)));
  expect(Math.max(...steps)).toBeLessThan(0.01);
});

test.each([
  [0, "0:00"],
  [45_000, "0:45"],
  [3_599_600, "1:00:00"],
  [3_750_000, "1:02:30"],
  [-90_000, "-1:30"],
  [117_300_000, "32:35:00"],
])("%d ms are %s on a stopwatch", (time, shown) => {
  expect(clock(time)).toBe(shown);
});
