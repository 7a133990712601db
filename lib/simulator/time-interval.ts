import type { WallClock } from "./zone";

/** First and last, both included. */
export type Range = readonly [number, number];

/** An entry of a time interval: every list that is there has to hold, each by one of its ranges. */
export interface TimeInterval {
  /** Minutes of the day, the last excluded. */
  readonly times?: readonly Range[];
  /** 0 is Sunday. */
  readonly weekdays?: readonly Range[];
  /** From 1; from -1 backwards from the end of the month. */
  readonly daysOfMonth?: readonly Range[];
  readonly months?: readonly Range[];
  readonly years?: readonly Range[];
  /** Default in Alertmanager: UTC. */
  readonly clock: WallClock;
}

const includes = (ranges: readonly Range[] | undefined, value: number) =>
  ranges === undefined || ranges.some(([first, last]) => value >= first && value <= last);

function includesDay(ranges: readonly Range[] | undefined, date: Date): boolean {
  if (ranges === undefined) return true;
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const day = date.getUTCDate();
  return ranges.some(([first, last]) => {
    const [from, to] = [first, last].map((one) => (one < 0 ? days + one + 1 : one)) as [number, number];
    return from <= days && day >= from && day <= Math.min(to, days);
  });
}

/** Whether the interval holds at this moment. */
export function containsTime(interval: TimeInterval, time: number): boolean {
  const date = interval.clock.at(time);
  const minute = date.getUTCHours() * 60 + date.getUTCMinutes();
  return (
    (interval.times === undefined || interval.times.some(([from, to]) => minute >= from && minute < to)) &&
    includes(interval.weekdays, date.getUTCDay()) &&
    includesDay(interval.daysOfMonth, date) &&
    includes(interval.months, date.getUTCMonth() + 1) &&
    includes(interval.years, date.getUTCFullYear())
  );
}
