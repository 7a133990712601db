import type { Node } from "yaml";
import { BadSyntax } from "./bad-syntax";
import type { Reading } from "./reading";
import type { Range, TimeInterval } from "./time-interval";
import { isZone, WallClock } from "./zone";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

const number = (text: string) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined);
const nameIn = (names: readonly string[], first: number) => (text: string) =>
  names.includes(text) ? names.indexOf(text) + first : undefined;
const month = (text: string) => nameIn(months, 1)(text) ?? number(text);

/** `monday:friday`, `-1`: first and last. */
function range(written: string, what: string, member: (text: string) => number | undefined): Range {
  const [first = "", last = first, ...more] = written.toLowerCase().split(":");
  const [from, to] = [member(first), member(last)];
  if (from === undefined || to === undefined || more.length > 0) throw new BadSyntax(`"${written}" is no ${what}`);
  return [from, to];
}

function ascending(written: string, what: string, member: (text: string) => number | undefined): Range {
  const read = range(written, what, member);
  if (read[0] > read[1]) throw new BadSyntax(`the ${what} "${written}" ends before it begins`);
  return read;
}

function dayRange(written: string): Range {
  const read = range(written, "day of the month", number);
  const [from, to] = read;
  if (read.some((day) => day === 0 || Math.abs(day) > 31)) throw new BadSyntax(`"${written}" is no day of the month`);
  const earliest = (day: number) => (day < 0 ? 28 + day : day);
  if ((from < 0 && to > 0) || earliest(from) > earliest(to))
    throw new BadSyntax(`the day of the month "${written}" ends before it begins`);
  return read;
}

function minuteOf(text: string): number {
  const match = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(text);
  if (!match) throw new BadSyntax(`"${text}" is no time of the day: HH:MM`);
  return match[1] === undefined ? 1440 : Number(match[1]) * 60 + Number(match[2]);
}

function timeRange(start: string | undefined, end: string | undefined): Range {
  if (start === undefined || end === undefined) throw new BadSyntax("a time needs start_time and end_time");
  const [from, to] = [minuteOf(start), minuteOf(end)];
  if (from >= to) throw new BadSyntax(`${start} to ${end} is no stretch of a day; one over midnight is two of them`);
  return [from, to];
}

const wrong = (path: string) => (message: string) => ({
  code: "alertmanager-interval",
  path,
  message,
  hint: "correct it; a list that is left out holds at any time",
});

/** An entry; one that is wrong in part is read without that part, and the diagnostic says so. */
function readInterval(reading: Reading, node: Node | undefined, path: string): TimeInterval {
  const fields = reading.fields(node, path, ["times", "weekdays", "days_of_month", "months", "years", "location"]);
  const ranges = (list: Node | undefined, read: (written: string) => Range) =>
    reading.list(list, path).flatMap((item) => {
      const text = reading.text(item, path);
      const found = reading.parsed(item, () => read(text ?? ""), wrong(path));
      return found ? [found] : [];
    });
  const times = reading.list(fields.times, path).flatMap((item) => {
    const { start_time, end_time } = reading.fields(item, path, ["start_time", "end_time"]);
    const [start, end] = [reading.text(start_time, path), reading.text(end_time, path)];
    const found = reading.parsed(item, () => timeRange(start, end), wrong(path));
    return found ? [found] : [];
  });
  const weekday = nameIn(weekdays, 0);
  // Go takes an empty name for UTC.
  const zone = reading.text(fields.location, path) || "UTC";
  if (!isZone(zone))
    reading.mistake(fields.location, {
      code: "alertmanager-zone",
      path,
      message:
        zone === "Local"
          ? '"Local" is the zone of whatever machine Alertmanager runs on'
          : `there is no time zone "${zone}"`,
      hint: "take a name of the IANA database, in its own capitals: Europe/London",
    });
  return {
    ...(fields.times && { times }),
    ...(fields.weekdays && { weekdays: ranges(fields.weekdays, (text) => ascending(text, "weekday", weekday)) }),
    ...(fields.days_of_month && { daysOfMonth: ranges(fields.days_of_month, dayRange) }),
    ...(fields.months && { months: ranges(fields.months, (text) => ascending(text, "month", month)) }),
    ...(fields.years && { years: ranges(fields.years, (text) => ascending(text, "year", number)) }),
    clock: new WallClock(isZone(zone) ? zone : "UTC"),
  };
}

/** The time intervals by name, those of the older `mute_time_intervals` too. */
export function readTimeIntervals(
  reading: Reading,
  lists: Readonly<Record<string, Node | undefined>>,
): ReadonlyMap<string, readonly TimeInterval[]> {
  const intervals = new Map<string, readonly TimeInterval[]>();
  for (const [field, list] of Object.entries(lists)) {
    for (const [index, item] of reading.list(list, field).entries()) {
      const path = `${field}/${index + 1}`;
      const { name: nameNode, time_intervals } = reading.fields(item, path, ["name", "time_intervals"]);
      const name = reading.text(nameNode, path);
      if (!name) {
        reading.misplaced(item, path, "the time interval has no name", "give it one: `name: …`");
        continue;
      }
      if (intervals.has(name))
        reading.misplaced(item, path, `two time intervals have the name "${name}"`, "rename one");
      const entries = reading.list(time_intervals, path).map((one) => readInterval(reading, one, `${field}/${name}`));
      intervals.set(name, entries);
    }
  }
  return intervals;
}
