import { type Calendar, type Duration, minuteOfDay, type Weekday } from "@watchbill/model";
import type { Downtime, RecurringSchedule } from "./resources";

type Recurrence = RecurringSchedule["recurrences"][number];

const week: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const letters: Readonly<Record<Weekday, string>> = {
  monday: "MO",
  tuesday: "TU",
  wednesday: "WE",
  thursday: "TH",
  friday: "FR",
  saturday: "SA",
  sunday: "SU",
};

const DAY = 1440;

/** Clocks are changed between midnight and four in the morning. */
const CHANGED = 4 * 60;
const HOUR = 60;

/** A time of the day that is muted, in minutes since midnight. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

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

/** What of a day is muted: all but the calendar's hours, which begin once they have settled. */
function muted(calendar: Calendar, settled: Duration, day: Weekday): readonly Stretch[] {
  const from = minuteOfDay(calendar.from) + Math.ceil(settled.value / 60);
  const to = minuteOfDay(calendar.to);
  if (!calendar.days.includes(day) || from >= to) return [{ from: 0, to: DAY }];
  return [
    { from: 0, to: from },
    { from: to, to: DAY },
  ].filter((stretch) => stretch.from < stretch.to);
}

/** A calendar that goes on through midnight does not begin, so nothing has to settle again. */
const startsAtMidnight = ({ from, to }: Calendar) => minuteOfDay(from) === 0 && minuteOfDay(to) === DAY;
const settledOn = (calendar: Calendar, settled: Duration, day: Weekday): Duration => {
  const before = week[(week.indexOf(day) + 6) % 7] as Weekday;
  return startsAtMidnight(calendar) && calendar.days.includes(before) ? { value: 0, unit: "seconds" } : settled;
};

const duration = ({ from, to }: Stretch) => {
  const minutes = to - from;
  return minutes % HOUR === 0 ? `${minutes / HOUR}h` : `${minutes}m`;
};

/**
 * The hours of the week in which a calendar is off, as recurrences on its wall clock. Their times stand in the rules: a
 * start in the past is refused, and one in the future would leave the time until then unmuted.
 */
export function offHours(calendar: Calendar, settled: Duration): readonly Recurrence[] {
  const days = new Map<string, { stretch: Stretch; on: Weekday[] }>();
  for (const day of week) {
    for (const stretch of muted(calendar, settledOn(calendar, settled, day), day).flatMap(split)) {
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

/** Mutes outside of a calendar's hours; nothing where it is always on. What still lasts when it ends is told then. */
export function offHoursDowntime(
  key: string,
  monitors: Downtime["monitors"],
  message: string,
  { calendar, settled }: { readonly calendar: Calendar; readonly settled: Duration },
): readonly Downtime[] {
  const recurrences = offHours(calendar, settled);
  if (recurrences.length === 0) return [];
  return [
    {
      key,
      scope: "*",
      monitors,
      message,
      // Datadog wants the two zones to be the same.
      displayTimezone: calendar.zone,
      muteFirstRecoveryNotification: false,
      notifyEndStates: ["alert", "no data", "warn"],
      notifyEndTypes: ["expired"],
      schedule: { kind: "recurring", timezone: calendar.zone, recurrences },
    },
  ];
}
