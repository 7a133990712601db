import { type Calendar, calendarsOf, dateOf, type Hours, minuteOfDay, type Service, weekdays } from "@watchbill/model";
import type { RecordingRule, RuleGroup } from "./rule-file";
import { localTime } from "./zone";

const DAY = 86400;
const allDays = 2 ** weekdays.length - 1;

/** Some hours of some days: 1 or 0. Each reading of the clock costs a look-up, so the days are the bits of a number. */
function within({ days, from, to }: Hours, local: string): string {
  const [begin, end] = [minuteOfDay(from) * 60, minuteOfDay(to) * 60];
  const bits = [...new Set(days)].reduce((sum, day) => sum + 2 ** weekdays.indexOf(day), 0);
  const isHour = `(floor((${local} % ${DAY} - ${begin}) / ${end - begin}) == bool 0)`;
  // Not `/ 2 ^`: linters can't see that such a divisor is never zero, and warn of every alert in these hours.
  const isDay = `(floor(${bits} * 0.5 ^ day_of_week(${local})) % 2)`;
  const factors = [...(end - begin === DAY ? [] : [isHour]), ...(bits === allDays ? [] : [isDay])];
  return factors.length > 0 ? factors.join(" * ") : `(${local} > bool 0)`;
}

/** Days since 1970, in runs of days that follow one another. */
export function holidayRuns({ holidays }: Calendar): readonly { readonly first: number; readonly many: number }[] {
  const days = [...new Set(holidays.map((holiday) => Date.parse(`${dateOf(holiday)}T00:00:00Z`) / 1000 / DAY))];
  const runs: { first: number; many: number }[] = [];
  for (const day of days.sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last.first + last.many === day) last.many += 1;
    else runs.push({ first: day, many: 1 });
  }
  return runs;
}

/**
 * The rules that record whether a calendar is on: 1 or 0. All calendars' groups have one name, each in a file of its own:
 * series that are recorded under one group's name depend on no other group.
 */
export function calendarRules(calendar: Calendar): RuleGroup {
  const labels = { calendar: calendar.name };
  const series = (name: string) => `${name}{calendar="${calendar.name}"}`;
  const record = (name: string, expr: string): RecordingRule => ({ record: name, expr, labels });
  const local = series("calendar:local_time:seconds");
  const holidays = holidayRuns(calendar).map(
    ({ first, many }) => `(floor((${local} - ${first * DAY}) / ${many * DAY}) == bool 0)`,
  );
  const hours = calendar.hours.map((stretch) => within(stretch, local)).join(" + ");
  return {
    name: "calendars",
    rules: [
      record("calendar:local_time:seconds", localTime(calendar.zone)),
      ...(holidays.length > 0 ? [record("calendar:holiday", holidays.join(" + "))] : []),
      record("calendar:active", holidays.length > 0 ? `(${hours}) * (1 - ${series("calendar:holiday")})` : hours),
    ],
  };
}

/** The calendars that alerts are gated by, each once. */
export const gatingCalendars = (services: readonly Service[]): ReadonlySet<Calendar> =>
  new Set(
    services.flatMap(({ watch }) =>
      watch.flatMap(({ alerts }) => alerts.flatMap((alert) => calendarsOf(alert.when.test))),
    ),
  );

/** The same, one a name, by name. */
export const calendarsUsed = (services: readonly Service[]): readonly Calendar[] =>
  [...new Map([...gatingCalendars(services)].map((calendar) => [calendar.name, calendar])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
