import { IANAZone } from "luxon";

/** The span for which a zone's changes are looked up; from constants, since output must not depend on the day. */
const firstYear = 2024;
const lastYear = 2045;

const DAY = 86400;
const WEEK = 7 * DAY;

/** A moment and by how many seconds the offset from UTC changes then. */
interface Change {
  readonly at: number;
  readonly by: number;
}
interface Offsets {
  readonly start: number;
  readonly changes: readonly Change[];
}

/** A zone's offsets never differ within a run, and asking for a thousand weeks of them takes 30 ms. */
const known = new Map<string, Offsets>();

/** Offsets from UTC in seconds: the one at the beginning, and each change of it with its moment. */
export function offsetChanges(zone: string): Offsets {
  const offsets = known.get(zone) ?? findChanges(zone);
  known.set(zone, offsets);
  return offsets;
}

function findChanges(zone: string): Offsets {
  const iana = IANAZone.create(zone);
  const offset = (at: number) => iana.offset(at * 1000) * 60;
  const begin = Date.UTC(firstYear, 0, 1) / 1000;
  const end = Date.UTC(lastYear + 1, 0, 1) / 1000;
  const changes: Change[] = [];
  const start = offset(begin);
  let before = start;
  for (let at = begin; at < end; at += WEEK) {
    const after = offset(at + WEEK);
    const earlier = before;
    if (after !== before)
      changes.push({ at: firstMoment(at, at + WEEK, (moment) => offset(moment) !== earlier), by: after - before });
    before = after;
  }
  return { start, changes };
}

/** Smallest whole second in (from, to] for which the test holds, by bisection. */
function firstMoment(from: number, to: number, test: (at: number) => boolean): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (test(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** A change that comes each year, on the Sunday that is the `day`th of the month or one of the next six. */
interface YearlyChange {
  /** Seconds by which the moment lies after the beginning of that Sunday in UTC. */
  readonly after: number;
  readonly month: number;
  readonly day: number;
}

/** What all these moments have in common; nothing where it isn't that. */
function yearly(moments: readonly number[]): YearlyChange | undefined {
  const [first] = moments;
  if (first === undefined || moments.length !== lastYear - firstYear + 1) return undefined;
  // 1970 began on a Thursday. The Sunday that is meant is the nearest one, before or after.
  const after = ((((first + 4 * DAY + WEEK / 2) % WEEK) + WEEK) % WEEK) - WEEK / 2;
  const dates = moments.map((moment) => new Date((moment - after) * 1000));
  const [month, day] = [(dates[0]?.getUTCMonth() ?? 0) + 1, Math.min(...dates.map((date) => date.getUTCDate()))];
  const fits = dates.every(
    (date, index) =>
      date.getUTCFullYear() === firstYear + index &&
      date.getUTCMonth() + 1 === month &&
      date.getUTCDate() < day + 7 &&
      date.getUTCDay() === 0 &&
      date.getTime() % (DAY * 1000) === 0,
  );
  return fits ? { after, month, day } : undefined;
}

const plus = (value: number) => (value === 0 ? "" : ` ${value < 0 ? "-" : "+"} ${Math.abs(value)}`);

/**
 * Summer time by its rule, such as "from the last Sunday of March to the last one of October": a month's days, minus the
 * days since Sunday, number the Sundays of a year in ascending order. A tenth of what a list of its changes costs, and
 * it has no end.
 */
function byRule({ start, changes }: Offsets): string | undefined {
  const [first] = changes;
  const size = Math.abs(first?.by ?? 0);
  if (!first || changes.some(({ by }) => Math.abs(by) !== size)) return undefined;
  const forward = yearly(changes.filter(({ by }) => by > 0).map(({ at }) => at));
  const back = yearly(changes.filter(({ by }) => by < 0).map(({ at }) => at));
  if (!forward || !back) return undefined;
  const held = ({ after, month, day }: YearlyChange, comparison: string) => {
    const time = `vector(time()${plus(-after)})`;
    return `(32 * month(${time}) + day_of_month(${time}) - day_of_week(${time}) ${comparison} bool ${32 * month + day})`;
  };
  // Of the year's two changes, summer is between them in the north, and before one or after the other in the south.
  const operator = first.by > 0 ? "*" : "+";
  const standard = first.by > 0 ? start : start - size;
  return `vector(time()${plus(standard)}) + ${size} * (${held(forward, ">=")} ${operator} ${held(back, "<")})`;
}

/** The sum of all changes so far, for a zone whose changes follow no rule of Sundays, and for one without any. */
function byChanges({ start, changes }: Offsets): string {
  const sums = new Map<number, string[]>();
  for (const { at, by } of changes) sums.set(by, [...(sums.get(by) ?? []), `(time() >= bool ${at})`]);
  const terms = [...sums].map(([by, moments]) => ` ${by < 0 ? "-" : "+"} ${Math.abs(by)} * (${moments.join(" + ")})`);
  return `vector(time()${plus(start)}${terms.join("")})`;
}

/**
 * The wall clock of a zone as PromQL: seconds since 1970 as if it were UTC. Prometheus has no time zones (its issue
 * 1164).
 */
export function localTime(zone: string): string {
  const offsets = offsetChanges(zone);
  return byRule(offsets) ?? byChanges(offsets);
}
