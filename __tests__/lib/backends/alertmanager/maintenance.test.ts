import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendar, type Maintenance, maintenance, type Service } from "@watchbill/model";
import { DateTime } from "luxon";
import { alertmanager } from "../../../../lib/backends/alertmanager";
import { timeIntervals } from "../../../../lib/backends/alertmanager/time-interval";
import { maintenanceDowntimes } from "../../../../lib/backends/datadog/downtime";
import { environmentWith, errorsHigh, shopWith } from "../../../support/declarations";
import { contains } from "../../../support/time-interval";

const zone = "Europe/London";
const upgrade = maintenance("db-upgrade", {
  from: "2026-12-01T22:00",
  to: "2026-12-03T02:00",
  zone,
  services: ["shop"],
});
const patching = maintenance("patching", { days: ["sunday"], from: "02:00", to: "04:00", zone, services: ["shop"] });
const office = calendar("office", { zone, from: "09:00", to: "18:00", holidays: ["2026-12-25", "2026-12-28"] });
const shop = shopWith([errorsHigh()]);
const other: Service = { ...shop, name: "other" };
const environmentOf = (windows: readonly Maintenance[]) =>
  environmentWith([shop, other], { hours: { medium: office }, maintenance: windows });
const configOf = (windows: readonly Maintenance[]) => {
  const environment = environmentOf(windows);
  return alertmanager({ environment, services: environment.services });
};

interface Route {
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly active_time_intervals?: readonly string[];
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}
const routeFor = (windows: readonly Maintenance[], receiver: string) =>
  (configOf(windows).data.route as { routes: Route[] }).routes.find((route) => route.receiver === receiver);

const folder = mkdtempSync(join(tmpdir(), "watchbill-maintenance-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(windows: readonly Maintenance[]): string {
  const file = join(folder, `${windows.length}.yml`);
  const config = configOf(windows).files["alertmanager/alertmanager.yml"] ?? "";
  writeFileSync(file, config.replace("templates/*.tmpl", join(folder, "*.tmpl")));
  return file;
}
const amtool = (...words: string[]) =>
  execFileSync("amtool", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

test("amtool takes the time intervals", () => {
  expect(amtool("check-config", written([upgrade, patching]))).toContain("SUCCESS");
});

test.each(["p0", "p1", "p2", "p3", "p4"])(
  "an alert of priority %s goes to whom it went without maintenance",
  (priority) => {
    for (const service of ["shop", "other", "unknown"]) {
      const [without, within] = [[], [upgrade, patching]].map((windows) =>
        amtool(
          "config",
          "routes",
          "test",
          `--config.file=${written(windows)}`,
          `priority=${priority}`,
          `service=${service}`,
        ),
      );
      expect(within).toBe(without);
    }
  },
);

test("only the services that are worked on are mute, and they keep their hours", () => {
  expect(routeFor([upgrade, patching], "medium")).toMatchObject({
    active_time_intervals: ["office"],
    mute_time_intervals: ["office-holidays"],
    routes: [
      {
        matchers: ['service="shop"'],
        active_time_intervals: ["office"],
        mute_time_intervals: ["office-holidays", "maintenance-db-upgrade", "maintenance-patching"],
      },
    ],
  });
  expect(routeFor([upgrade], "critical")?.routes).toEqual([
    { matchers: ['service="shop"'], mute_time_intervals: ["maintenance-db-upgrade"] },
  ]);
  expect(routeFor([], "critical")).not.toHaveProperty("routes");
});

test("holidays are one interval a month", () => {
  expect(timeIntervals(environmentOf([])).find(({ name }) => name === "office-holidays")?.time_intervals).toEqual([
    { days_of_month: ["25", "28"], months: ["12"], years: ["2026"], location: zone },
  ]);
});

/** Every minute of some days around it, in which it is mute though it should not be, or the other way round. */
function wrongMinutes(window: Maintenance, first: string, last: string): string[] {
  const interval = timeIntervals(environmentWith([], { maintenance: [window] }))[0]?.time_intervals ?? [];
  const isMuted = contains(interval);
  const { from, to } = window.when;
  const wrong: string[] = [];
  const end = DateTime.fromISO(last, { zone }).toMillis();
  for (let at = DateTime.fromISO(first, { zone }); at.toMillis() < end; at = at.plus({ minutes: 1 })) {
    const wall = at.toFormat("yyyy-MM-dd'T'HH:mm");
    const should =
      window.when.kind === "once"
        ? wall >= from && wall < to
        : window.when.days.includes(at.weekdayLong?.toLowerCase() as "sunday") &&
          wall.slice(11) >= from &&
          wall.slice(11) < to;
    if (isMuted(at.toSeconds() + at.offset * 60) !== should) wrong.push(wall);
  }
  return wrong;
}

test.each<[string, Maintenance, string, string]>([
  ["over two midnights", upgrade, "2026-11-30", "2026-12-05"],
  [
    "over the end of a year",
    { ...upgrade, when: { kind: "once", from: "2026-12-30T23:30", to: "2027-01-02T00:00" } },
    "2026-12-29",
    "2027-01-04",
  ],
  [
    "within a day",
    { ...upgrade, when: { kind: "once", from: "2026-12-01T10:15", to: "2026-12-01T10:20" } },
    "2026-11-30",
    "2026-12-03",
  ],
  [
    "over the night in which clocks go forward",
    { ...upgrade, when: { kind: "once", from: "2027-03-27T22:00", to: "2027-03-28T05:00" } },
    "2027-03-27",
    "2027-03-30",
  ],
  [
    "over the night in which clocks go back",
    { ...upgrade, when: { kind: "once", from: "2026-10-24T22:00", to: "2026-10-25T05:00" } },
    "2026-10-24",
    "2026-10-27",
  ],
  ["every Sunday, with both changes of the clocks", patching, "2026-03-20", "2026-04-05"],
])("maintenance %s is mute to the minute", (_, window, first, last) => {
  expect(wrongMinutes(window, first, last)).toEqual([]);
});

test("Datadog mutes the service's monitors at the same moments", () => {
  const [once, weekly] = maintenanceDowntimes(environmentWith([], { maintenance: [upgrade, patching] }));
  expect(once).toMatchObject({
    key: "maintenance-db-upgrade-shop",
    monitors: { tags: ["env:test", "managed-by:watchbill", "service:shop"] },
    schedule: { kind: "one-time", start: "2026-12-01T22:00:00Z", end: "2026-12-03T02:00:00Z" },
  });
  expect(weekly?.schedule).toEqual({
    kind: "recurring",
    timezone: zone,
    recurrences: [{ duration: "2h", rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=SU;BYHOUR=2;BYMINUTE=0;BYSECOND=0" }],
  });
});
