import {
  type Calendar,
  dateOf,
  type Environment,
  type Hours,
  type Maintenance,
  type Once,
  type Severity,
  type Weekday,
  weekdays,
} from "@watchbill/model";
import { DateTime } from "luxon";

/** https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0; whatever is left out is any. */
interface Interval {
  readonly times?: readonly { readonly start_time: string; readonly end_time: string }[];
  readonly weekdays?: readonly string[];
  readonly days_of_month?: readonly string[];
  readonly months?: readonly string[];
  readonly years?: readonly string[];
  readonly location: string;
}
export interface TimeInterval {
  readonly name: string;
  readonly time_intervals: readonly Interval[];
}

/** `["monday:friday"]` for days that follow one another, else each by name. */
function dayRanges(days: readonly Weekday[]): string[] {
  const indices = [...new Set(days.map((day) => weekdays.indexOf(day)))].sort((a, b) => a - b);
  const first = indices[0] ?? 0;
  const last = indices.at(-1) ?? 0;
  if (indices.length > 2 && last - first === indices.length - 1) return [`${weekdays[first]}:${weekdays[last]}`];
  return indices.map((index) => `${weekdays[index]}`);
}

const weekly = (hours: readonly Hours[], location: string): readonly Interval[] => {
  const byDays = new Map<string, Hours[]>();
  for (const stretch of hours) {
    const days = dayRanges(stretch.days).join();
    byDays.set(days, [...(byDays.get(days) ?? []), stretch]);
  }
  return [...byDays].map(([days, stretches]) => ({
    times: stretches.map(({ from, to }) => ({ start_time: from, end_time: to })),
    weekdays: days.split(","),
    location,
  }));
};

/** Whole days, `YYYY-MM-DD`, in one interval a month. */
function dates(days: readonly string[], location: string): readonly Interval[] {
  const months = new Map<string, string[]>();
  for (const day of [...new Set(days)].sort()) {
    const month = day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), `${Number(day.slice(8))}`]);
  }
  return [...months].map(([month, days_of_month]) => ({
    days_of_month,
    months: [`${Number(month.slice(5))}`],
    years: [month.slice(0, 4)],
    location,
  }));
}

/** The rest of the first day, the whole days after it, and the last day's beginning. */
function once({ from, to }: Once, location: string): readonly Interval[] {
  const [first = "", begin = ""] = from.split("T");
  const [last = "", end = ""] = to.split("T");
  const part = (day: string, start_time: string, end_time: string) =>
    start_time === end_time
      ? []
      : dates([day], location).map((date) => ({ times: [{ start_time, end_time }], ...date }));
  if (first === last) return part(first, begin, end);
  const between: string[] = [];
  for (let day = DateTime.fromISO(first, { zone: "utc" }).plus({ days: 1 }); ; day = day.plus({ days: 1 })) {
    const date = day.toISODate() ?? last;
    if (date >= last) break;
    between.push(date);
  }
  return [...part(first, begin, "24:00"), ...dates(between, location), ...part(last, "00:00", end)];
}

/** A calendar's hours as one of Alertmanager's time intervals, in the calendar's own zone. */
export const timeInterval = ({ name, hours, zone }: Calendar): TimeInterval => ({
  name,
  time_intervals: weekly(hours, zone),
});

/** An interval can't be taken out of another one, so holidays mute what the calendar's hours let pass. */
const holidayInterval = ({ name, holidays, zone }: Calendar): TimeInterval => ({
  name: `${name}-holidays`,
  time_intervals: dates(holidays.map(dateOf), zone),
});

const maintenanceInterval = ({ name, zone, when }: Maintenance): TimeInterval => ({
  name: `maintenance-${name}`,
  time_intervals: when.kind === "once" ? once(when, zone) : weekly([when], zone),
});

/** Every time interval that the environment's routes name, each once. */
export function timeIntervals({ hours, maintenance }: Environment): readonly TimeInterval[] {
  const calendars = [...new Map(Object.values(hours).map((calendar) => [calendar.name, calendar])).values()];
  return [
    ...calendars.flatMap((calendar) => [
      timeInterval(calendar),
      ...(calendar.holidays.length > 0 ? [holidayInterval(calendar)] : []),
    ]),
    ...maintenance.map(maintenanceInterval),
  ];
}

/** When a route tells: within the severity's hours, and neither on their holidays nor during maintenance. */
export function toldWhen(environment: Environment, severity: Severity, during: readonly Maintenance[] = []) {
  const calendar = environment.hours[severity];
  const mute = [
    ...(calendar && calendar.holidays.length > 0 ? [holidayInterval(calendar).name] : []),
    ...during.map((one) => maintenanceInterval(one).name),
  ];
  return {
    ...(calendar && { active_time_intervals: [calendar.name] }),
    ...(mute.length > 0 && { mute_time_intervals: mute }),
  };
}

/**
 * A route below another for each service that is worked on at some time: a copy of it that is mute then. Only the times
 * have to be said again, since they are what a route does not take over from the one above.
 */
export function maintenanceRoutes(environment: Environment, severity: Severity) {
  const names = [...new Set(environment.maintenance.flatMap(({ services }) => services))].sort();
  const routes = names.map((name) => ({
    matchers: [`service="${name}"`],
    ...toldWhen(
      environment,
      severity,
      environment.maintenance.filter(({ services }) => services.includes(name)),
    ),
  }));
  return routes.length > 0 ? { routes } : {};
}
