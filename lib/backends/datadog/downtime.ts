import {
  type Calendar,
  type Duration,
  dateOf,
  type Environment,
  formerNames,
  type Maintenance,
  minutesOn,
  type Weekday,
} from "@watchbill/model";
import { DateTime } from "luxon";
import { Memo } from "../../memo";
import { type Recurrence, recurrences, type Stretch, week } from "./recurrence";
import type { Downtime } from "./resources";

const DAY = 1440;

/** When a calendar is on of a day; stretches that touch are one. */
function onHours(calendar: Calendar, day: Weekday): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { from, to } of minutesOn(calendar.hours, day)) {
    const last = stretches.at(-1);
    if (last?.to === from) stretches[stretches.length - 1] = { from: last.from, to };
    else stretches.push({ from, to });
  }
  return stretches;
}

/**
 * What of a day is muted: all but the calendar's hours, which begin once they have settled. Hours that go on from the
 * day before do not begin, so nothing has to settle again.
 */
function muted(calendar: Calendar, settled: Duration, day: Weekday): readonly Stretch[] {
  const before = week[(week.indexOf(day) + 6) % 7] as Weekday;
  const goesOn = onHours(calendar, before).at(-1)?.to === DAY;
  const off: Stretch[] = [];
  let since = 0;
  for (const { from, to } of onHours(calendar, day)) {
    const begin = from === 0 && goesOn ? from : from + Math.ceil(settled.value / 60);
    if (begin >= to) continue;
    off.push({ from: since, to: begin });
    since = to;
  }
  return [...off, { from: since, to: DAY }].filter(({ from, to }) => from < to);
}

/** The hours of the week in which a calendar is off, whatever the date. */
export const offHours = (calendar: Calendar, settled: Duration): readonly Recurrence[] =>
  recurrences((day) => muted(calendar, settled, day));

const moment = (time: DateTime) => time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");

/** Each holiday from midnight to midnight, and for as long as hours that begin then have to settle. */
const holidaySchedules = (calendar: Calendar, settled: Duration) =>
  schedules.of(calendar, settled.value, () =>
    [...new Set(calendar.holidays.map(dateOf))].sort().map((date): Holiday => {
      const start = DateTime.fromISO(date, { zone: calendar.zone });
      const end = start.plus({ days: 1 }).startOf("day").plus({ seconds: settled.value });
      return { date, schedule: { kind: "one-time", start: moment(start), end: moment(end) } };
    }),
  );

/** Each of many alerts asks for those of one calendar. */
const schedules = new Memo<Calendar, number, readonly Holiday[]>();

interface Holiday {
  readonly date: string;
  readonly schedule: Downtime["schedule"];
}

// Datadog wants the two zones of a recurring one to be the same. What still lasts when it ends is told then.
const downtime = (zone: string, rest: Pick<Downtime, "key" | "monitors" | "message" | "schedule">): Downtime => ({
  scope: "*",
  displayTimezone: zone,
  muteFirstRecoveryNotification: false,
  notifyEndStates: ["alert", "no data", "warn"],
  notifyEndTypes: ["expired"],
  ...rest,
});

/** Mutes outside of a calendar's hours, and on its holidays; nothing where it is always on. */
export function offHoursDowntime(
  key: string,
  monitors: Downtime["monitors"],
  message: string,
  { calendar, settled }: { readonly calendar: Calendar; readonly settled: Duration },
): readonly Downtime[] {
  const { zone } = calendar;
  const off = offHours(calendar, settled);
  const weekly: readonly Downtime[] =
    off.length === 0
      ? []
      : [downtime(zone, { key, monitors, message, schedule: { kind: "recurring", timezone: zone, recurrences: off } })];
  const holidays = holidaySchedules(calendar, settled).map(({ date, schedule }) =>
    downtime(zone, { key: `${key}-holiday-${date}`, monitors, message, schedule }),
  );
  return [...weekly, ...holidays];
}

const scheduleOf = ({ zone, when }: Maintenance): Downtime["schedule"] =>
  when.kind === "weekly"
    ? {
        kind: "recurring",
        timezone: zone,
        recurrences: recurrences((day) => minutesOn([when], day)),
      }
    : {
        kind: "one-time",
        start: moment(DateTime.fromISO(when.from, { zone })),
        end: moment(DateTime.fromISO(when.to, { zone })),
      };

const formerMaintenance = ({ services }: Environment, { name }: Maintenance, service: string) => {
  const former = formerNames(services.find((one) => one.name === service) ?? {});
  return former.length === 0 ? {} : { formerly: former.map((one) => `maintenance-${name}-${one}`) };
};

/** Mutes a service while it is worked on. */
export const maintenanceDowntimes = (environment: Environment): readonly Downtime[] =>
  environment.maintenance.flatMap((maintenance) =>
    maintenance.services.map((service) =>
      downtime(maintenance.zone, {
        key: `maintenance-${maintenance.name}-${service}`,
        ...formerMaintenance(environment, maintenance, service),
        monitors: { tags: [`env:${environment.name}`, "managed-by:watchbill", `service:${service}`] },
        message: `${service} in ${environment.name} is worked on: ${maintenance.name}.`,
        schedule: scheduleOf(maintenance),
      }),
    ),
  );
