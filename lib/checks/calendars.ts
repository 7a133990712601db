import { type Calendar, type Diagnostic, dateOf, minuteOfDay, minutesOn, weekdays } from "@watchbill/model";
import { DateTime, IANAZone } from "luxon";
import { gatingCalendars } from "../backends/prometheus/calendar";
import { comparisonsOf } from "../backends/prometheus/comparison";
import { type Check, mistake } from "./check";

export const unknownZone = (zone: string, path: string, place: Diagnostic["at"]): readonly Diagnostic[] =>
  IANAZone.isValidZone(zone)
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

/** Zones, hours and holidays that exist, under names of their own. */
export const calendars: Check = ({ environment, services }) => {
  const compared = services.flatMap((service) =>
    comparisonsOf(service).flatMap(({ calendar }) =>
      calendar ? [environment.calendars[calendar.name] ?? calendar] : [],
    ),
  );
  const used = [...new Set([...Object.values(environment.hours), ...gatingCalendars(services), ...compared])];
  return [
    ...used.flatMap((calendar) => [
      ...unknownZone(calendar.zone, calendar.name, calendar.place),
      ...wrongHours(calendar),
      ...wrongHolidays(calendar),
    ]),
    ...sharedNames(environment.name, used),
  ];
};
