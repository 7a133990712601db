import { Place } from "./place";

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
export const weekdays: readonly Weekday[] = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
];
export const workdays: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/** A stretch of the day, on some days of the week. It never reaches over midnight: that is two of them. */
export interface Hours {
  readonly days: readonly Weekday[];
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive; `24:00` is the end of the day. */
  readonly to: string;
}

/** A date in a calendar's own zone, `YYYY-MM-DD`, the whole of it; a name says to the reader why. */
export type Holiday = string | { readonly on: string; readonly name: string };
export const dateOf = (holiday: Holiday) => (typeof holiday === "string" ? holiday : holiday.on);

/** Hours of the week, on the wall clock of one place, but for its holidays. */
export interface Calendar {
  /** Lower-case words: `business-hours`. Names the Alertmanager time interval and the Prometheus series. */
  readonly name: string;
  /** IANA name: `Europe/London`. */
  readonly zone: string;
  /** No two of them share a minute. */
  readonly hours: readonly Hours[];
  /** Dates on which it is off all day. */
  readonly holidays: readonly Holiday[];
  readonly place: Place;
}

interface Days {
  /** Default: Monday to Friday. */
  readonly days?: readonly Weekday[];
}
type StretchDeclaration = Omit<Hours, "days"> & Days;
type CalendarDeclaration = { readonly zone: string; readonly holidays?: readonly Holiday[] } & (
  | StretchDeclaration
  | ({ readonly hours: readonly StretchDeclaration[] } & Days)
);

/**
 * Declares a calendar: `{ zone, from: "09:00", to: "18:00" }`, or several stretches as `hours`, each on days of its own
 * where it says so. Default: Monday to Friday, no holidays.
 */
export function calendar(name: string, declaration: CalendarDeclaration): Calendar {
  const { zone, holidays = [], days = workdays } = declaration;
  const stretches = "hours" in declaration ? declaration.hours : [{ from: declaration.from, to: declaration.to }];
  const hours = stretches.map((stretch) => ({ days, ...stretch }));
  return { name, zone, hours, holidays, place: Place.callerOf(calendar) };
}

/** Minutes since midnight of `HH:MM`; NaN when it is none. */
export function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  return minute <= 1440 ? minute : Number.NaN;
}

/** The minutes of one day, from and to, in order. */
export const minutesOn = (hours: readonly Hours[], day: Weekday) =>
  hours
    .filter(({ days }) => days.includes(day))
    .map(({ from, to }) => ({ from: minuteOfDay(from), to: minuteOfDay(to) }))
    .sort((a, b) => a.from - b.from);
