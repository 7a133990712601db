/** A time interval as alertmanager.yml has it. */
export interface WrittenInterval {
  readonly times?: readonly { readonly start_time: string; readonly end_time: string }[];
  readonly weekdays?: readonly string[];
  readonly days_of_month?: readonly string[];
  readonly months?: readonly string[];
  readonly years?: readonly string[];
}

const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const number = (text: string) => (names.includes(text) ? names.indexOf(text) : Number(text));
const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function includes(written: readonly string[] | undefined): (value: number) => boolean {
  if (!written) return () => true;
  const ranges = written.map((range) => {
    const [first = "", last = first] = range.split(":");
    return [number(first), number(last)] as const;
  });
  return (value) => ranges.some(([first, last]) => value >= first && value <= last);
}

/**
 * Alertmanager's `ContainsTime`, as it is documented: whatever is given has to hold, each by one of its ranges, of which
 * those of times exclude their end. What it is given is the wall clock of the interval's location, in seconds as if it
 * were UTC.
 */
export function contains(intervals: readonly WrittenInterval[]): (wall: number) => boolean {
  const tests = intervals.map(({ times, weekdays, days_of_month, months, years }) => {
    const [isDay, isMonth, isWeekday, isYear] = [days_of_month, months, weekdays, years].map(includes);
    const spans = times?.map(({ start_time, end_time }) => [minute(start_time), minute(end_time)] as const);
    return (date: Date, now: number) =>
      (!spans || spans.some(([from, to]) => now >= from && now < to)) &&
      isDay?.(date.getUTCDate()) === true &&
      isMonth?.(date.getUTCMonth() + 1) === true &&
      isWeekday?.(date.getUTCDay()) === true &&
      isYear?.(date.getUTCFullYear()) === true;
  });
  return (wall) => {
    const date = new Date(wall * 1000);
    const now = date.getUTCHours() * 60 + date.getUTCMinutes();
    return tests.some((test) => test(date, now));
  };
}
