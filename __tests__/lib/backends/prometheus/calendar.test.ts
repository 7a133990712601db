import { offsetChanges } from "../../../../lib/backends/prometheus/calendar";

test("London's clocks change twice a year, at one o'clock UTC", () => {
  const { start, changes } = offsetChanges("Europe/London");
  expect(start).toBe(0);
  expect(changes.slice(0, 2).map(({ at, by }) => [new Date(at * 1000).toISOString(), by])).toEqual([
    ["2024-03-31T01:00:00.000Z", 3600],
    ["2024-10-27T01:00:00.000Z", -3600],
  ]);
  expect(changes).toHaveLength(44);
});

test("Sydney begins in summer time", () => {
  const { start, changes } = offsetChanges("Australia/Sydney");
  expect(start).toBe(11 * 3600);
  expect(changes[0]?.by).toBe(-3600);
});

test("Lagos has no summer time", () => {
  expect(offsetChanges("Africa/Lagos")).toEqual({ start: 3600, changes: [] });
});
