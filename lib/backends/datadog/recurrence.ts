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
/** Clocks are changed between midnight and four in the morning. */
const CHANGED = 4 * HOUR;

/**
 * A duration is counted on no wall clock: on the day that the clocks go back, ten hours from midnight end at nine. So a
 * stretch that begins in the hours of the change ends with them, or an hour later where the day goes on muted until six,
 * so that this does no harm when they go forward; what follows begins anew on the wall clock.
 */
function split({ from, to }: Stretch): readonly Stretch[] {
  if (from >= CHANGED || to <= CHANGED) return [{ from, to }];
  const spare = Math.max(0, Math.min(HOUR, to - CHANGED - HOUR));
  return [
    { from, to: CHANGED + spare },
    { from: CHANGED, to },
  ];
}

const duration = ({ from, to }: Stretch) => {
  const minutes = to - from;
  return minutes % HOUR === 0 ? `${minutes / HOUR}h` : `${minutes}m`;
};

/**
 * What of each day of the week is muted, as recurrences on a wall clock. Their times stand in the rules: a start in the
 * past is refused, and one in the future would leave the time until then unmuted.
 */
export function recurrences(mutedOn: (day: Weekday) => readonly Stretch[]): readonly Recurrence[] {
  const days = new Map<string, { stretch: Stretch; on: Weekday[] }>();
  for (const day of week) {
    for (const stretch of mutedOn(day).flatMap(split)) {
      const name = `${stretch.from}-${stretch.to}`;
      const known = days.get(name) ?? { stretch, on: [] };
      days.set(name, { stretch, on: [...known.on, day] });
    }
  }
  return [...days.values()]
    .sort((a, b) => a.stretch.from - b.stretch.from || a.stretch.to - b.stretch.to)
    .map(({ stretch, on }) => ({
      duration: duration(stretch),
      rrule: [
        "FREQ=WEEKLY",
        "INTERVAL=1",
        `BYDAY=${on.map((day) => letters[day]).join(",")}`,
        `BYHOUR=${Math.floor(stretch.from / HOUR)}`,
        `BYMINUTE=${stretch.from % HOUR}`,
        "BYSECOND=0",
      ].join(";"),
    }));
}
