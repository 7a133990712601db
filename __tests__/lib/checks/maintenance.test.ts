import {
  calendar,
  type Environment,
  formatDiagnostic,
  type Holiday,
  type Maintenance,
  maintenance,
} from "@watchbill/model";
import { check } from "../../../lib/checks";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const zone = "Europe/London";
const services = ["shop"];
const at = "__tests__/lib/checks/maintenance.test.ts";
const now = Date.UTC(2026, 10, 20);

const found = (changes: Partial<Environment>) => {
  const service = shopWith([errorsHigh()]);
  const environment = environmentWith([service], changes);
  return check({ environment, services: [service] }, { runbooks: new Set(["errors-high"]), now }).map((one) =>
    formatDiagnostic(one).replace(/\.test\.ts:\d+/g, ".test.ts"),
  );
};
const once = (from: string, to: string, name = "upgrade", changes: Partial<Maintenance> = {}) => ({
  ...maintenance(name, { from, to, zone, services }),
  ...changes,
});

test("maintenance without a mistake has none, past midnight and over a change of the clocks too", () => {
  const patching = maintenance("patching", { days: ["sunday"], from: "02:00", to: "04:00", zone, services });
  const windows = [once("2026-12-01T22:00", "2026-12-02T02:00"), once("2027-03-27T23:00", "2027-03-28T02:00", "dst")];
  expect(found({ maintenance: [...windows, patching] })).toEqual([]);
});

test.each<[string, readonly Maintenance[], string]>([
  [
    "an unknown zone",
    [once("2026-12-01T22:00", "2026-12-02T02:00", "upgrade", { zone: "Europe/Londn" })],
    `error calendar-zone ${at} [test/maintenance/upgrade]: there is no time zone "Europe/Londn" → name one of the IANA database, such as Europe/London`,
  ],
  [
    "a time that is none",
    [once("2026-12-01 22:00", "2026-12-02T02:00")],
    `error maintenance-time ${at} [test/maintenance/upgrade]: "2026-12-01 22:00" is no moment → write it as YYYY-MM-DDTHH:MM, such as 2026-12-01T22:00`,
  ],
  [
    "a time that the clocks leave out",
    [once("2027-03-28T01:30", "2027-03-28T04:00")],
    `error maintenance-time ${at} [test/maintenance/upgrade]: "2027-03-28T01:30" does not exist in Europe/London, where the clocks go forward → choose another, or give both times in the zone "UTC"`,
  ],
  [
    "a time that comes twice",
    [once("2027-10-31T00:00", "2027-10-31T01:30")],
    `error maintenance-time ${at} [test/maintenance/upgrade]: "2027-10-31T01:30" comes twice in Europe/London, where the clocks go back → choose another, or give both times in the zone "UTC"`,
  ],
  [
    "an end before the beginning",
    [once("2026-12-02T22:00", "2026-12-02T02:00")],
    `error maintenance-time ${at} [test/maintenance/upgrade]: it ends at 2026-12-02T02:00, no later than it begins → let it end after it begins`,
  ],
  [
    "weekly hours over midnight",
    [maintenance("nightly", { days: ["monday"], from: "22:00", to: "02:00", zone, services })],
    `error maintenance-time ${at} [test/maintenance/nightly]: "22:00" to "02:00" on 1 days is no stretch of a day → write times as HH:MM, the end after the beginning, on at least one day; over midnight are two windows, the first to 24:00`,
  ],
  [
    "a service that the environment lacks",
    [once("2026-12-01T22:00", "2026-12-02T02:00", "upgrade", { services: ["shpo"] })],
    `error maintenance-service ${at} [test/maintenance/upgrade]: test has no service "shpo" → name one of shop`,
  ],
  [
    "two windows of one name",
    [once("2026-12-01T22:00", "2026-12-02T02:00"), once("2026-12-08T22:00", "2026-12-09T02:00")],
    `error duplicate-maintenance ${at} [test/maintenance/upgrade]: two maintenance windows are called upgrade → give one of them another name`,
  ],
  [
    "two windows of one service at once",
    [once("2026-12-01T22:00", "2026-12-02T02:00"), once("2026-12-02T01:59", "2026-12-02T03:00", "second")],
    `error maintenance-overlap ${at} [test/maintenance/second]: shop is in upgrade at the same time → make one window of both, or move one of them`,
  ],
  [
    "a single window within a weekly one, in another zone",
    [
      maintenance("patching", { days: ["sunday"], from: "02:00", to: "04:00", zone: "America/New_York", services }),
      once("2026-12-06T08:30", "2026-12-06T10:00"),
    ],
    `error maintenance-overlap ${at} [test/maintenance/upgrade]: shop is in patching at the same time → make one window of both, or move one of them`,
  ],
  [
    "two weekly windows that meet in some weeks of the year only",
    [
      maintenance("patching", { days: ["sunday"], from: "02:00", to: "03:00", zone: "America/New_York", services }),
      maintenance("backup", { days: ["sunday"], from: "08:00", to: "09:00", zone: "UTC", services: ["shop"] }),
      maintenance("vacuum", { days: ["sunday"], from: "06:00", to: "07:00", zone: "UTC", services: ["shop"] }),
    ],
    `error maintenance-overlap ${at} [test/maintenance/vacuum]: shop is in patching at the same time → make one window of both, or move one of them`,
  ],
  [
    "a window that is over",
    [once("2026-11-01T22:00", "2026-11-02T02:00")],
    `warning maintenance-past ${at} [test/maintenance/upgrade]: it ended at 2026-11-02T02:00 (Europe/London) → remove it; Datadog takes no downtime of the past`,
  ],
])("%s is one line", (_, windows, line) => {
  expect(found({ maintenance: windows })).toEqual([line]);
});

test("windows that follow one another do not overlap", () => {
  const windows = [
    once("2026-12-01T22:00", "2026-12-02T02:00"),
    once("2026-12-02T02:00", "2026-12-02T03:00", "second"),
  ];
  expect(found({ maintenance: windows })).toEqual([]);
});

test("without a clock nothing is past", () => {
  const service = shopWith([errorsHigh()]);
  const environment = environmentWith([service], { maintenance: [once("2020-11-01T22:00", "2020-11-02T02:00")] });
  expect(check({ environment, services: [service] }, { runbooks: new Set(["errors-high"]) })).toEqual([]);
});

describe("a calendar", () => {
  const office = (hours: readonly { from: string; to: string }[], holidays: readonly Holiday[] = []) => ({
    hours: { low: calendar("office", { zone, hours, holidays }) },
  });

  test.each<[string, Partial<Environment>, string]>([
    [
      "with a holiday that is no day",
      office([{ from: "09:00", to: "18:00" }], ["2026-12-25", { on: "2026-02-30", name: "Never" }]),
      `error calendar-holiday ${at} [office]: "2026-02-30" is no date → write a day that there is as YYYY-MM-DD, such as 2026-12-25`,
    ],
    [
      "whose hours go over midnight",
      office([{ from: "22:00", to: "06:00" }]),
      `error calendar-hours ${at} [office]: "22:00" to "06:00" on 5 days is no stretch of a day → write times as HH:MM, the end after the beginning, on at least one day; hours over midnight are two stretches, the first to 24:00`,
    ],
    [
      "whose stretches share a minute",
      office([
        { from: "09:00", to: "12:01" },
        { from: "12:00", to: "18:00" },
      ]),
      `error calendar-hours ${at} [office]: two of its stretches share time on monday → make one of them`,
    ],
    [
      "without hours",
      office([]),
      `error calendar-hours ${at} [office]: it has no hours → give it at least one stretch of a day`,
    ],
  ])("%s is one line", (_, changes, line) => {
    expect(found(changes)).toEqual([line]);
  });
});
