import {
  below,
  type Calendar,
  calendar,
  count,
  counter,
  days,
  during,
  type Environment,
  environment,
  formatDiagnostic,
  hours,
  increase,
} from "@watchbill/model";
import { calendars, holidaysPast } from "../../../lib/checks/calendars";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const sold = counter("sold_total", { counts: "tickets" });
const office = calendar("office", { zone: "Europe/London", from: "09:00", to: "18:00" });
const sameAgain = calendar("office", { zone: "Europe/London", from: "09:00", to: "18:00" });
const later = calendar("office", { zone: "Europe/London", from: "10:00", to: "18:00" });
const elsewhere = calendar("office", { zone: "Europe/Paris", from: "09:00", to: "18:00" });
const withHoliday = calendar("office", { zone: "Europe/London", from: "09:00", to: "18:00", holidays: ["2026-12-25"] });

const alertIn = (id: string, calendar: Calendar) =>
  errorsHigh({ id, when: during(calendar, hours(1), below(increase(sold, { over: hours(1) }), count(1, "tickets"))) });

const said = (inAlerts: readonly Calendar[], changes: Partial<Environment> = {}) => {
  const shop = shopWith(inAlerts.map((one, index) => alertIn(`Alert${index}`, one)));
  return calendars({ environment: environmentWith([shop], changes), services: [shop] }, { runbooks: new Set() }).map(
    (one) =>
      formatDiagnostic(one)
        .replace(/ __tests__\S+/, "")
        .replace(/calendars\.test\.ts:\d+/, "calendars.test.ts"),
  );
};

const line =
  "error duplicate-calendar [test/calendars/office]: two different calendars are called office, the first at __tests__/lib/checks/calendars.test.ts → give one of them another name, or use one for both";

test("a calendar that is used twice, or written twice alike, is one", () => {
  expect(said([office, office, sameAgain], { hours: { low: office } })).toEqual([]);
});

test.each([
  ["hours", later],
  ["another zone", elsewhere],
  ["holidays", withHoliday],
])("two that differ in %s can't have one name: one would be taken for the other", (_, other) => {
  expect(said([office, other, other])).toEqual([line]);
  expect(said([office], { hours: { low: other } })).toEqual([line]);
});

test("what an environment has instead stands in for hours too, as for alerts", () => {
  const declared = environment("test", {
    services: [],
    dashboards: [],
    backends: ["alertmanager"],
    at: {},
    channels: {},
    notify: { critical: [], high: [], medium: [], low: [], info: [] },
    secrets: "/etc/watchbill/secrets",
    retention: days(30),
    links: { runbooks: "https://runbooks.example.com", prometheus: "http://prometheus", alertmanager: "http://am" },
    hours: { low: office, medium: withHoliday },
    calendars: { office: later },
  });
  expect(declared.hours).toEqual({ low: later, medium: later });
});

test("holidays that run out are a warning, since the next one would be an ordinary day", () => {
  const at = (now: string | undefined, calendar: Calendar = withHoliday) =>
    holidaysPast(
      { environment: environmentWith([], { hours: { low: calendar } }), services: [] },
      { runbooks: new Set(), ...(now !== undefined && { now: Date.parse(now) }) },
    ).map((one) => formatDiagnostic(one).replace(/ __tests__\S+/, ""));
  const hint = "add those that follow; a holiday that is not listed is an ordinary day";
  expect(at(undefined)).toEqual([]);
  expect(at("2030-01-01T00:00Z", office)).toEqual([]);
  expect(at("2026-10-26T23:59Z")).toEqual([]);
  expect(at("2026-10-27T00:00Z")).toEqual([`warning holidays-past [office]: its last holiday is 2026-12-25 → ${hint}`]);
  expect(at("2026-12-25T23:59Z")).toEqual([`warning holidays-past [office]: its last holiday is 2026-12-25 → ${hint}`]);
  expect(at("2026-12-26T00:00Z")).toEqual([
    `warning holidays-past [office]: its last holiday was 2026-12-25 → ${hint}`,
  ]);
});
