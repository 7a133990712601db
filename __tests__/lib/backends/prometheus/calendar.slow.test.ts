import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendar, weekdays } from "@watchbill/model";
import { IANAZone } from "luxon";
import { stringify } from "yaml";
import { timeIntervals } from "../../../../lib/backends/alertmanager/time-interval";
import { calendarRules } from "../../../../lib/backends/prometheus/calendar";
import type { RecordingRule } from "../../../../lib/backends/prometheus/rule-file";
import { offsetChanges } from "../../../../lib/backends/prometheus/zone";
import { environmentWith } from "../../../support/declarations";
import { evaluate } from "../../../support/promql-arithmetic";
import { contains } from "../../../support/time-interval";

const [FIRST, LAST] = [Date.UTC(2026, 0, 1) / 1000, Date.UTC(2028, 0, 1) / 1000];
const [QUARTER, HOUR] = [900, 3600];
const zones = ["America/New_York", "Europe/London", "Australia/Sydney", "Africa/Lagos"];

/** Hours in the very hours of the clock's change, a day in two parts, and holidays alone and in a row. */
const inZone = (zone: string) =>
  calendar("shop", {
    zone,
    hours: [
      { from: "09:00", to: "12:30" },
      { from: "13:15", to: "18:00" },
      { from: "22:00", to: "24:00" },
      { days: ["saturday", "sunday"], from: "00:00", to: "02:45" },
      { days: ["sunday"], from: "03:10", to: "04:00" },
    ],
    holidays: [
      "2026-12-26",
      { on: "2026-12-25", name: "Christmas" },
      "2027-01-01",
      "2026-03-29",
      "2027-11-07",
      "2027-11-08",
    ],
  });

const holidays = ["2026-12-25", "2026-12-26", "2027-01-01", "2026-03-29", "2027-11-07", "2027-11-08"];
const at = (hour: number, minute = 0) => hour * 60 + minute;

/** Minutes between which it is open on a date, as its declaration says. */
function openOn(date: Date): readonly (readonly [number, number])[] {
  if (holidays.includes(date.toISOString().slice(0, 10))) return [];
  const day = date.getUTCDay();
  if (day === 6) return [[at(0), at(2, 45)]];
  if (day === 0)
    return [
      [at(0), at(2, 45)],
      [at(3, 10), at(4)],
    ];
  return [
    [at(9), at(12, 30)],
    [at(13, 15), at(18)],
    [at(22), at(24)],
  ];
}
const days = new Map<number, ReturnType<typeof openOn>>();

/** Whether it is open, on a wall clock in seconds as if it were UTC. */
function isOpen(wall: number): boolean {
  const day = Math.floor(wall / 86400);
  const open = days.get(day) ?? openOn(new Date(day * 86400 * 1000));
  days.set(day, open);
  const minute = Math.floor((wall % 86400) / 60);
  return open.some(([from, to]) => minute >= from && minute < to);
}

const minutesKnown = new Map<string, readonly (readonly [number, number])[]>();

/** Every minute of two years with its wall clock. These zones' clocks change at whole hours, so it is asked once an hour. */
function minutesOfYears(zone: string) {
  const known = minutesKnown.get(zone);
  if (known) return known;
  const iana = IANAZone.create(zone);
  const found: (readonly [number, number])[] = [];
  for (let hour = FIRST; hour < LAST; hour += HOUR) {
    const offset = iana.offset(hour * 1000) * 60;
    for (let time = hour; time < hour + HOUR; time += 60) found.push([time, time + offset]);
  }
  minutesKnown.clear();
  minutesKnown.set(zone, found);
  return found;
}

const rulesOf = (zone: string) => calendarRules(inZone(zone)).rules as RecordingRule[];

/** The group's rules one after another, as Prometheus evaluates them. */
function recordedBy(rules: readonly RecordingRule[]) {
  const formulas = rules.map(({ record, expr }) => [record, evaluate(expr)] as const);
  return (time: number) => {
    const series: Record<string, number> = {};
    for (const [record, formula] of formulas) series[record] = formula(time, series);
    return series["calendar:active"];
  };
}

const text = (time: number) => new Date(time * 1000).toISOString();

describe.each(zones)("a calendar in %s", (zone) => {
  test("is on in Prometheus in those minutes of two years in which it is open there", () => {
    const active = recordedBy(rulesOf(zone));
    const wrong: string[] = [];
    for (const [time, wall] of minutesOfYears(zone)) if (active(time) !== Number(isOpen(wall))) wrong.push(text(time));
    expect(wrong).toEqual([]);
  });

  test("is told by Alertmanager in those minutes of two years in which it is open there", () => {
    const environment = environmentWith([], { hours: { low: inZone(zone) } });
    const [active, mute] = timeIntervals(environment).map(({ time_intervals }) => contains(time_intervals));
    const wrong: string[] = [];
    for (const [time, wall] of minutesOfYears(zone)) {
      const told = active?.(wall) === true && mute?.(wall) === false;
      if (told !== isOpen(wall)) wrong.push(text(time));
    }
    expect(wrong).toEqual([]);
  });
});

describe("real Prometheus", () => {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-calendar-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** promtool begins its tests at 1970, so a moment is how long after that it lies; half a day around each change. */
  function moments(zone: string): number[] {
    const { changes } = offsetChanges(zone);
    const near = changes.filter(({ at }) => at >= FIRST && at < LAST).map(({ at }) => at);
    const around = near.length > 0 ? near : [Date.UTC(2026, 2, 29) / 1000, Date.UTC(2026, 11, 26) / 1000];
    return around.flatMap((at) => Array.from({ length: 97 }, (_, index) => at + (index - 48) * QUARTER));
  }

  test.each(zones)("agrees on a few hundred moments around the changes of clocks in %s", (zone) => {
    const iana = IANAZone.create(zone);
    const rules = rulesOf(zone);
    // What is recorded is put into the place of its name: one query then needs no rules to have run since 1970.
    let query = rules.at(-1)?.expr ?? "";
    for (const { record, expr } of rules.slice(0, -1).reverse())
      query = query.replaceAll(`${record}{calendar="shop"}`, `(${expr})`);
    const tests = moments(zone).map((at) => ({
      expr: query,
      eval_time: `${at}s`,
      exp_samples: [{ labels: "{}", value: Number(isOpen(at + iana.offset(at * 1000) * 60)) }],
    }));
    const file = join(folder, "test.yml");
    writeFileSync(
      file,
      stringify({ evaluation_interval: "100000d", tests: [{ interval: "100000d", promql_expr_test: tests }] }),
    );
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", file], { encoding: "utf8" });
    expect(status === 0 ? "" : `${stdout}${stderr}`.slice(0, 2000)).toBe("");
    expect(tests.length).toBeGreaterThan(190);
  });

  test("takes the rules of a calendar", () => {
    const file = join(folder, "rules.yml");
    writeFileSync(file, stringify({ groups: [calendarRules(inZone("Europe/London"))] }));
    expect(execFileSync("promtool", ["check", "rules", file], { encoding: "utf8" })).toContain("3 rules found");
  });
});

describe("the rules of a calendar", () => {
  const always = { from: "00:00", to: "24:00", days: weekdays };

  test("read the clock once for hours and once for days", () => {
    const office = calendar("office", { zone: "Europe/London", from: "09:00", to: "18:00" });
    const [, active] = calendarRules(office).rules as RecordingRule[];
    expect(active?.expr).toBe(
      '(floor((calendar:local_time:seconds{calendar="office"} % 86400 - 32400) / 32400) == bool 0) * (floor(62 * 0.5 ^ day_of_week(calendar:local_time:seconds{calendar="office"})) % 2)',
    );
  });

  test("divide by nothing but numbers, so that no linter takes them for what can be infinite", () => {
    const expressions = zones.flatMap((zone) => rulesOf(zone).map(({ expr }) => expr)).join("\n");
    expect(expressions.match(/\/ \S+/g)).not.toBeNull();
    expect(expressions.match(/\/ (?!\d+\b).*/g)).toBeNull();
  });

  test("of one that is always on but for a holiday say just that", () => {
    const shop = calendar("shop", { zone: "UTC", ...always, holidays: ["2026-12-25", "2026-12-26"] });
    expect((calendarRules(shop).rules as RecordingRule[]).slice(1).map(({ expr }) => expr)).toEqual([
      '(floor((calendar:local_time:seconds{calendar="shop"} - 1798156800) / 172800) == bool 0)',
      '((calendar:local_time:seconds{calendar="shop"} > bool 0)) * (1 - calendar:holiday{calendar="shop"})',
    ]);
  });
});
