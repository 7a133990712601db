import type { Weekday } from "@watchbill/model";
import type { RecurringSchedule } from "./resources";

export type Recurrence = RecurringSchedule["recurrences"][number];

/** A time of the day that is muted, in minutes since midnight. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** From Monday, as Datadog lists them. */
export const week: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const letters: Readonly<Record<Weekday, string>> = {
  monday: "MO",
  tuesday: "TU",
  wednesday: "WE",
  thursday: "TH",
  friday: "FR",
  saturday: "SA",
  sunday: "SU",
};

const HOUR = 60;
const DAY = 24 * HOUR;
/** Clocks are changed between midnight and four in the morning. */
const CHANGED = 4 * HOUR;

/**
 * The stretches of a week, in minutes since Monday began. One that goes on through midnight is one, through Sunday's too:
 * where a downtime ends, Datadog tells what still lasts.
 */
function joined(mutedOn: (day: Weekday) => readonly Stretch[]): readonly Stretch[] {
  const all = week.flatMap((day, index) =>
    mutedOn(day).map(({ from, to }) => ({ from: index * DAY + from, to: index * DAY + to })),
  );
  const stretches: Stretch[] = [];
  for (const { from, to } of all) {
    const last = stretches.at(-1);
    if (last?.to === from) stretches[stretches.length - 1] = { from: last.from, to };
    else stretches.push({ from, to });
  }
  const [first, last] = [stretches[0], stretches.at(-1)];
  const WEEK = week.length * DAY;
  if (!first || !last || first === last || first.from !== 0 || last.to !== WEEK) return stretches;
  return [...stretches.slice(1, -1), { from: last.from, to: WEEK + first.to }];
}

/**
 * A duration is counted on no wall clock: on the day that the clocks go back, ten hours from midnight end at nine. So a
 * stretch ends with the hours of the change, and what follows begins anew on the wall clock. It ends an hour later where it
 * goes on for two more at least, which does no harm when the clocks go forward: the two overlap, and nothing is told
 * between them. What would last for a day is halved likewise, since the next one would begin before it ended.
 */
function pieces({ from, to }: Stretch): readonly Stretch[] {
  const spare = (cut: number) => Math.max(0, Math.min(HOUR, to - cut - HOUR));
  const change = Math.floor((from - CHANGED) / DAY) * DAY + DAY + CHANGED;
  const cut = [change, from + DAY / 2].find((one) => one < to && one + spare(one) - from < DAY);
  if (cut === undefined || to <= change) return [{ from, to }];
  return [{ from, to: cut + spare(cut) }, ...pieces({ from: cut, to })];
}

const duration = (minutes: number) => (minutes % HOUR === 0 ? `${minutes / HOUR}h` : `${minutes}m`);

/**
 * What of each day of the week is muted, as recurrences on a wall clock. Their times stand in the rules: a start in the
 * past is refused, and one in the future would leave the time until then unmuted.
 */
export function recurrences(mutedOn: (day: Weekday) => readonly Stretch[]): readonly Recurrence[] {
  const found = new Map<string, { from: number; lasts: number; on: Set<Weekday> }>();
  for (const { from, to } of joined(mutedOn).flatMap(pieces)) {
    const [begins, lasts, day] = [from % DAY, to - from, week[Math.floor(from / DAY) % week.length] as Weekday];
    const name = `${begins}-${lasts}`;
    const known = found.get(name) ?? { from: begins, lasts, on: new Set<Weekday>() };
    found.set(name, { ...known, on: known.on.add(day) });
  }
  return [...found.values()]
    .sort((a, b) => a.from - b.from || a.lasts - b.lasts)
    .map(({ from, lasts, on }) => ({
      duration: duration(lasts),
      rrule: [
        "FREQ=WEEKLY",
        "INTERVAL=1",
        `BYDAY=${week.flatMap((day) => (on.has(day) ? [letters[day]] : [])).join(",")}`,
        `BYHOUR=${Math.floor(from / HOUR)}`,
        `BYMINUTE=${from % HOUR}`,
        "BYSECOND=0",
      ].join(";"),
    }));
}
