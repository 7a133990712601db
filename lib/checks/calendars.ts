import { type Calendar, type Diagnostic, dateOf, minuteOfDay, minutesOn, weekdays } from "@watchbill/model";
import { DateTime, IANAZone } from "luxon";
import { calendarsUsed } from "../backends/prometheus/calendar";
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

/** Zones, hours and holidays that exist. */
export const calendars: Check = ({ environment, services }) =>
  [...new Set([...Object.values(environment.hours), ...calendarsUsed(services)])].flatMap((calendar) => [
    ...unknownZone(calendar.zone, calendar.name, calendar.place),
    ...wrongHours(calendar),
    ...wrongHolidays(calendar),
  ]);
