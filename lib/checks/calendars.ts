import { type Calendar, type Diagnostic, dateOf, minuteOfDay, minutesOn, weekdays } from "@watchbill/model";
import { DateTime, IANAZone } from "luxon";
import type { Watch } from "../backends/backend";
import { gatingCalendars } from "../backends/prometheus/calendar";
import { comparisonsOf } from "../backends/prometheus/comparison";
import { type Check, mistake } from "./check";

export const unknownZone = (zone: string, path: string, place: Diagnostic["at"]): readonly Diagnostic[] =>
  IANAZone.create(zone).isValid
    ? []
    : [
        mistake(
          "calendar-zone",
          path,
          place,
          `there is no time zone "${zone}"`,
          "name one of the IANA database, such as Europe/London",
        ),
      ];

/** Stretches of a day that begin before they end, and that share no minute. */
function wrongHours({ name, hours, place }: Calendar): readonly Diagnostic[] {
  const none = hours.filter(({ from, to, days }) => !(minuteOfDay(from) < minuteOfDay(to) && days.length > 0));
  const wrong = none.map(({ from, to, days }) =>
    mistake(
      "calendar-hours",
      name,
      place,
      `"${from}" to "${to}" on ${days.length} days is no stretch of a day`,
      "write times as HH:MM, the end after the beginning, on at least one day; hours over midnight are two stretches, the first to 24:00",
    ),
  );
  if (wrong.length > 0) return wrong;
  if (hours.length === 0) {
    return [mistake("calendar-hours", name, place, "it has no hours", "give it at least one stretch of a day")];
  }
  const shared = weekdays.find((day) => {
    const stretches = minutesOn(hours, day);
    return stretches.some(({ from }, index) => from < (stretches[index - 1]?.to ?? 0));
  });
  return shared === undefined
    ? []
    : [mistake("calendar-hours", name, place, `two of its stretches share time on ${shared}`, "make one of them")];
}

const wrongHolidays = ({ name, holidays, place }: Calendar): readonly Diagnostic[] =>
  holidays
    .map(dateOf)
    .flatMap((date) =>
      /^\d{4}-\d\d-\d\d$/.test(date) && DateTime.fromISO(date, { zone: "utc" }).isValid
        ? []
        : [
            mistake(
              "calendar-holiday",
              name,
              place,
              `"${date}" is no date`,
              "write a day that there is as YYYY-MM-DD, such as 2026-12-25",
            ),
          ],
    );

/** What a calendar says, whatever it is called; its holidays in any order, with names or without. */
const meaning = ({ zone, hours, holidays }: Calendar) => JSON.stringify([zone, hours, holidays.map(dateOf).sort()]);

/** Series and time intervals go by a calendar's name: of two that share one, one would be taken for the other. */
function sharedNames(environment: string, calendars: readonly Calendar[]): readonly Diagnostic[] {
  const first = new Map<string, Calendar>();
  const told = new Set<string>();
  return calendars.flatMap((calendar) => {
    const { name, place } = calendar;
    const known = first.get(name) ?? calendar;
    first.set(name, known);
    if (meaning(known) === meaning(calendar) || told.has(name)) return [];
    told.add(name);
    return [
      mistake(
        "duplicate-calendar",
        `${environment}/calendars/${name}`,
        place,
        `two different calendars are called ${name}, the first at ${known.place}`,
        "give one of them another name, or use one for both",
      ),
    ];
  });
}

/** The calendars that anything of an environment goes by, each once. */
function calendarsOf({ environment, services }: Watch): readonly Calendar[] {
  const compared = services.flatMap((service) =>
    comparisonsOf(service).flatMap(({ calendar }) =>
      calendar ? [environment.calendars[calendar.name] ?? calendar] : [],
    ),
  );
  return [...new Set([...Object.values(environment.hours), ...gatingCalendars(services), ...compared])];
}

/** Zones, hours and holidays that exist, under names of their own. */
export const calendars: Check = (watch) => {
  const used = calendarsOf(watch);
  return [
    ...used.flatMap((calendar) => [
      ...unknownZone(calendar.zone, calendar.name, calendar.place),
      ...wrongHours(calendar),
      ...wrongHolidays(calendar),
    ]),
    ...sharedNames(watch.environment.name, used),
  ];
};

/** So long before the last one is over somebody is told, who has to look up those of the next year. */
const ahead = { days: 60 };

/** A calendar whose holidays have run out goes on without a word, and takes the next one for an ordinary day. */
export const holidaysPast: Check = (watch, { now }) =>
  calendarsOf(watch).flatMap((one): readonly Diagnostic[] => {
    const { name, zone, holidays, place } = one;
    const last = holidays.map(dateOf).sort().at(-1);
    if (last === undefined || now === undefined || wrongHolidays(one).length > 0 || !IANAZone.create(zone).isValid)
      return [];
    const ends = DateTime.fromISO(last, { zone }).plus({ days: 1 });
    if (ends.minus(ahead).toMillis() > now) return [];
    const message = ends.toMillis() > now ? `its last holiday is ${last}` : `its last holiday was ${last}`;
    const hint = "add those that follow; a holiday that is not listed is an ordinary day";
    return [{ ...mistake("holidays-past", name, place, message, hint), severity: "warning" }];
  });
