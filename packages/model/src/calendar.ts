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

/** Hours of the week, on the wall clock of one place. */
export interface Calendar {
  /** Lower-case words: `business-hours`. Names the Alertmanager time interval and the Prometheus series. */
  readonly name: string;
  /** IANA name: `Europe/London`. */
  readonly zone: string;
  readonly days: readonly Weekday[];
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive; `24:00` is the end of the day. */
  readonly to: string;
  readonly place: Place;
}

/** Declares a calendar. Default: Monday to Friday. */
export function calendar(
  name: string,
  hours: { readonly zone: string; readonly from: string; readonly to: string; readonly days?: readonly Weekday[] },
): Calendar {
  return { name, days: workdays, ...hours, place: Place.callerOf(calendar) };
}

/** Minutes since midnight of `HH:MM`; NaN when it is none. */
export function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  return minute <= 1440 ? minute : Number.NaN;
}
