import { type Calendar, calendar, type Duration, hours, minuteOfDay, minutes, weekdays } from "@watchbill/model";
import { IANAZone } from "luxon";
import { businessHours } from "../../../../calendars/business-hours";
import { offHours, offHoursDowntime } from "../../../../lib/backends/datadog/downtime";

const now: Duration = { value: 0, unit: "seconds" };
const MINUTE = 60_000;
const HALF_HOUR = 30 * MINUTE;
const DAY = 1440 * MINUTE;
const FIRST = Date.UTC(2026, 0, 1);
const LAST = Date.UTC(2028, 0, 1);
const letters = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/** Every half an hour of two years on a place's wall clock, which is told by the time-zone library. */
function wallClock(name: string) {
  const zone = IANAZone.create(name);
  const offset = (time: number) => zone.offset(time) * MINUTE;
  const times = Array.from({ length: (LAST - FIRST) / HALF_HOUR }, (_, index) => {
    const time = FIRST + index * HALF_HOUR;
    return { time, wall: time + offset(time) };
  });
  // The wall clock's time as a moment; right wherever the clock shows it once.
  const momentOf = (wall: number) => wall - offset(wall - offset(wall));
  return { times, momentOf };
}
type WallClock = ReturnType<typeof wallClock>;

/** Every time that a recurrence mutes, as Datadog counts it: a start on the wall clock, and a duration. */
function mutedTimes(days: Calendar, settled: Duration, { momentOf }: WallClock) {
  return offHours(days, settled).flatMap(({ rrule, duration }) => {
    const rule = Object.fromEntries(rrule.split(";").map((part) => part.split("=") as [string, string]));
    const size = Number.parseInt(duration, 10) * (duration.endsWith("h") ? 60 : 1) * MINUTE;
    const begins = (Number(rule.BYHOUR) * 60 + Number(rule.BYMINUTE)) * MINUTE;
    const times: [number, number][] = [];
    for (let day = FIRST - 2 * DAY; day < LAST + DAY; day += DAY) {
      if (!rule.BYDAY?.split(",").includes(letters[new Date(day).getUTCDay()] ?? "")) continue;
      const start = momentOf(day + begins);
      times.push([start, start + size]);
    }
    return times;
  });
}

/** The half hours in which what is muted is not what the calendar says. */
function wrongTimes(days: Calendar, settled: Duration, clock: WallClock): string[] {
  const muted = mutedTimes(days, settled, clock).sort(([a], [b]) => a - b);
  const wrong: string[] = [];
  let [index, until] = [0, 0];
  for (const { time, wall } of clock.times) {
    for (let next = muted[index]; next && next[0] <= time; next = muted[++index]) until = Math.max(until, next[1]);
    const minute = (wall % DAY) / MINUTE;
    const isOpen = days.hours.some(
      ({ days: on, from, to }) =>
        on.includes(weekdays[new Date(wall).getUTCDay()] ?? "sunday") &&
        minute >= minuteOfDay(from) + settled.value / 60 &&
        minute < minuteOfDay(to),
    );
    if (time < until === isOpen) wrong.push(new Date(wall).toISOString().slice(0, 16));
  }
  return wrong;
}

describe("the hours in which a calendar is off", () => {
  test.each(["Europe/London", "America/New_York", "Australia/Sydney", "Africa/Lagos", "Europe/Helsinki"])(
    "are muted to the half hour in %s for two years, whenever clocks change",
    (zone) => {
      const clock = wallClock(zone);
      const office = calendar("office", { zone, from: "09:00", to: "18:00" });
      const weekend = calendar("weekend", { zone, from: "10:30", to: "24:00", days: ["saturday", "sunday"] });
      const early = calendar("early", { zone, from: "06:00", to: "22:30", days: weekdays });
      expect(wrongTimes(office, now, clock)).toEqual([]);
      expect(wrongTimes(office, hours(1), clock)).toEqual([]);
      expect(wrongTimes(weekend, hours(1), clock)).toEqual([]);
      expect(wrongTimes(early, now, clock)).toEqual([]);
    },
  );

  test("are off by an hour at most, on the days of the change only, where a day begins before six", () => {
    const zone = "Europe/London";
    const night = calendar("night", { zone, from: "05:00", to: "22:00", days: weekdays });
    expect(wrongTimes(night, now, wallClock(zone))).toEqual([
      "2026-10-25T03:00",
      "2026-10-25T03:30",
      "2027-10-31T03:00",
      "2027-10-31T03:30",
    ]);
  });

  test("go on through midnight, and begin again once the hours of the change are over, while they last", () => {
    const office = calendar("office", { zone: "Europe/London", from: "09:00", to: "18:00" });
    const rule = (days: string, hour: number) =>
      `FREQ=WEEKLY;INTERVAL=1;BYDAY=${days};BYHOUR=${hour};BYMINUTE=0;BYSECOND=0`;
    expect(offHours(office, hours(1))).toEqual([
      { duration: "6h", rrule: rule("MO,TU,WE,TH,FR", 4) },
      { duration: "13h", rrule: rule("SA,SU", 4) },
      { duration: "13h", rrule: rule("SA,SU", 16) },
      { duration: "11h", rrule: rule("MO,TU,WE,TH,FR", 18) },
    ]);
  });

  test.each([
    ["business hours", businessHours],
    ["the weekend", calendar("weekend", { zone: "UTC", from: "10:30", to: "24:00", days: ["saturday", "sunday"] })],
    ["the night", calendar("night", { zone: "UTC", hours: [{ from: "00:00", to: "06:00" }] })],
  ])("of %s overlap wherever they go on, and none lasts for a day", (_, one) => {
    const clock = wallClock("UTC");
    const times = mutedTimes({ ...one, zone: "UTC" }, hours(1), clock).sort(([a], [b]) => a - b);
    expect(times.length).toBeGreaterThan(0);
    expect(times.filter(([from, to]) => to - from >= DAY)).toEqual([]);
    expect(times.filter(([, to]) => times.some(([from]) => from === to))).toEqual([]);
  });

  test("are none where it is always on, though it would have to settle", () => {
    const always = calendar("always", { zone: "Europe/London", from: "00:00", to: "24:00", days: weekdays });
    expect(offHoursDowntime("always", { monitor: "one" }, "", { calendar: always, settled: hours(1) })).toEqual([]);
  });

  test("settle once where a calendar goes on through midnight", () => {
    const zone = "Africa/Lagos";
    const weekend = calendar("weekend", { zone, from: "00:00", to: "24:00", days: ["saturday", "sunday"] });
    const rule = (days: string, hour: number) =>
      `FREQ=WEEKLY;INTERVAL=1;BYDAY=${days};BYHOUR=${hour};BYMINUTE=0;BYSECOND=0`;
    expect(offHours(weekend, hours(1))).toEqual([
      { duration: "5h", rrule: rule("MO", 0) },
      { duration: "13h", rrule: rule("MO,TU,WE,TH", 4) },
      { duration: "21h", rrule: rule("FR", 4) },
      { duration: "13h", rrule: rule("MO,TU,WE,TH", 16) },
    ]);
  });

  test("are the whole week where it is too short to settle", () => {
    const lunch = calendar("lunch", { zone: "Europe/London", from: "12:00", to: "12:30" });
    expect(offHours(lunch, minutes(30)).map(({ duration }) => duration)).toEqual(["5h", "13h", "20h", "13h"]);
  });

  test("ask Datadog to tell what still lasts when they end", () => {
    const office = calendar("office", { zone: "America/New_York", from: "09:00", to: "18:00" });
    const [downtime] = offHoursDowntime("office", { monitor: "one" }, "Told later.", {
      calendar: office,
      settled: now,
    });
    expect(downtime).toMatchObject({
      scope: "*",
      displayTimezone: "America/New_York",
      notifyEndStates: ["alert", "no data", "warn"],
      notifyEndTypes: ["expired"],
      schedule: { kind: "recurring", timezone: "America/New_York" },
    });
    expect(JSON.stringify(downtime)).not.toContain('"start"');
  });

  test("are those between the stretches of a day too, to the half hour", () => {
    const zone = "America/New_York";
    const shop = calendar("shop", {
      zone,
      hours: [
        { from: "09:00", to: "12:30" },
        { from: "13:30", to: "18:00" },
        { days: ["saturday"], from: "10:00", to: "14:00" },
      ],
    });
    expect(wrongTimes(shop, now, wallClock(zone))).toEqual([]);
  });

  test("do not begin anew where one stretch goes on from another", () => {
    const hoursOf = (from: string, to: string) => ({ from, to });
    const split = calendar("split", { zone: "UTC", hours: [hoursOf("09:00", "12:00"), hoursOf("12:00", "18:00")] });
    const whole = calendar("whole", { zone: "UTC", from: "09:00", to: "18:00" });
    expect(offHours(split, hours(1))).toEqual(offHours(whole, hours(1)));
  });

  test("are each holiday from midnight to midnight, on days of 23 hours too, and until it has settled again", () => {
    const always = { zone: "Europe/London", from: "00:00", to: "24:00", days: weekdays };
    const shop = calendar("shop", { ...always, holidays: [{ on: "2026-12-25", name: "Christmas" }, "2026-03-29"] });
    const downtimes = offHoursDowntime("shop", { monitor: "one" }, "", { calendar: shop, settled: hours(1) });
    expect(downtimes.map(({ key, schedule }) => [key, schedule])).toEqual([
      ["shop-holiday-2026-03-29", { kind: "one-time", start: "2026-03-29T00:00:00Z", end: "2026-03-30T00:00:00Z" }],
      ["shop-holiday-2026-12-25", { kind: "one-time", start: "2026-12-25T00:00:00Z", end: "2026-12-26T01:00:00Z" }],
    ]);
  });
});
