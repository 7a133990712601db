import { IANAZone } from "luxon";
import { localTime, offsetChanges } from "../../../../lib/backends/prometheus/zone";
import { evaluate } from "../../../support/promql-arithmetic";

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
  expect(localTime("Africa/Lagos")).toBe("vector(time() + 3600)");
});

describe("a zone's wall clock in PromQL", () => {
  const zones = [
    "America/New_York",
    "Europe/London",
    "Australia/Sydney",
    "Africa/Lagos",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kolkata",
    "Asia/Jerusalem",
    "Africa/Cairo",
  ];

  test.each(zones)("is right in the seconds around every change of %s from 2024 to 2045", (zone) => {
    const iana = IANAZone.create(zone);
    const formula = evaluate(localTime(zone));
    const moments = offsetChanges(zone).changes.flatMap(({ at }) => [at - 86400, at - 1, at, at + 1, at + 86400]);
    const quarters = Array.from({ length: 88 }, (_, index) => Date.UTC(2024, index * 3, 15) / 1000);
    const wrong = [...moments, ...quarters].filter((at) => formula(at) !== at + iana.offset(at * 1000) * 60);
    expect(wrong).toEqual([]);
  });

  test("goes on by its rule where that is of Sundays, beyond all that was looked up", () => {
    const iana = IANAZone.create("America/New_York");
    const formula = evaluate(localTime("America/New_York"));
    const at = Date.UTC(2060, 6, 1) / 1000;
    expect(formula(at)).toBe(at + iana.offset(at * 1000) * 60);
  });

  test("is a list of changes where it follows no such rule", () => {
    expect(localTime("Africa/Cairo").match(/time\(\) >= bool/g)).toHaveLength(44);
    expect(localTime("Europe/London")).not.toContain("time() >= bool");
  });
});
