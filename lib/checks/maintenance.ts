import {
  type Diagnostic,
  type Environment,
  type Maintenance,
  minuteOfDay,
  minutesOn,
  weekdays,
} from "@watchbill/model";
import { DateTime, IANAZone } from "luxon";
import { wrongMoment } from "../wall-time";
import { unknownZone } from "./calendars";
import { type Check, list, mistake } from "./check";

const pathOf = (environment: Environment, { name }: Maintenance) => `${environment.name}/maintenance/${name}`;

/** Names that are each used once, and services that there are. */
export const maintenanceServices: Check = ({ environment }) => {
  const known = environment.services.map(({ name }) => name);
  const seen = new Set<string>();
  return environment.maintenance.flatMap((one) => {
    const path = pathOf(environment, one);
    const again = seen.has(one.name);
    seen.add(one.name);
    return [
      ...(again
        ? [
            mistake(
              "duplicate-maintenance",
              path,
              one.place,
              `two maintenance windows are called ${one.name}`,
              "give one of them another name",
            ),
          ]
        : []),
      ...one.services
        .filter((service) => !known.includes(service))
        .map((service) =>
          mistake(
            "maintenance-service",
            path,
            one.place,
            `${environment.name} has no service "${service}"`,
            `name one of ${list(known)}`,
          ),
        ),
      ...(one.services.length === 0
        ? [mistake("maintenance-service", path, one.place, "it is of no service", `name one of ${list(known)}`)]
        : []),
    ];
  });
};

function wrongTimes({ when, zone }: Maintenance): readonly { readonly message: string; readonly hint: string }[] {
  if (when.kind === "weekly") {
    const { from, to, days } = when;
    if (minuteOfDay(from) < minuteOfDay(to) && days.length > 0) return [];
    return [
      {
        message: `"${from}" to "${to}" on ${days.length} days is no stretch of a day`,
        hint: "write times as HH:MM, the end after the beginning, on at least one day; over midnight are two windows, the first to 24:00",
      },
    ];
  }
  if (!IANAZone.create(zone).isValid) return [];
  const wrong = [when.from, when.to].flatMap((text) => {
    const what = wrongMoment(text, zone);
    if (what === undefined) return [];
    const hint =
      what === "is no moment"
        ? "write it as YYYY-MM-DDTHH:MM, such as 2026-12-01T22:00"
        : 'choose another, or give both times in the zone "UTC"';
    return [{ message: `"${text}" ${what}`, hint }];
  });
  if (wrong.length > 0 || when.from < when.to) return wrong;
  return [{ message: `it ends at ${when.to}, no later than it begins`, hint: "let it end after it begins" }];
}

const isRight = (one: Maintenance) => IANAZone.create(one.zone).isValid && wrongTimes(one).length === 0;

/** Zones and times that exist. */
export const maintenanceTimes: Check = ({ environment }) =>
  environment.maintenance.flatMap((one) => {
    const path = pathOf(environment, one);
    return [
      ...unknownZone(one.zone, path, one.place),
      ...wrongTimes(one).map(({ message, hint }) => mistake("maintenance-time", path, one.place, message, hint)),
    ];
  });

interface Span {
  readonly from: number;
  readonly to: number;
}
const DAY = 86_400_000;

/** When one that is right takes place, within some span of time. */
function occurrences({ when, zone }: Maintenance, within: Span): readonly Span[] {
  if (when.kind === "once") {
    const [from, to] = [when.from, when.to].map((text) => DateTime.fromISO(text, { zone }).toMillis());
    return [{ from: from ?? 0, to: to ?? 0 }];
  }
  const found: Span[] = [];
  for (let at = within.from - 2 * DAY; at <= within.to + DAY; at += DAY) {
    const day = DateTime.fromMillis(at, { zone: "utc" });
    const weekday = weekdays[day.weekday % 7] ?? "sunday";
    const moment = (minute: number) =>
      DateTime.fromObject(
        { year: day.year, month: day.month, day: day.day, hour: Math.floor(minute / 60), minute: minute % 60 },
        { zone },
      ).toMillis();
    for (const { from, to } of minutesOn([when], weekday)) found.push({ from: moment(from), to: moment(to) });
  }
  return found;
}

/** Weekly ones of two zones meet in some weeks of the year only; any year will do. */
const someYear: Span = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };

function overlap(one: Maintenance, other: Maintenance): boolean {
  const single = [one, other].find(({ when }) => when.kind === "once");
  const within = (single && occurrences(single, someYear)[0]) ?? someYear;
  const others = occurrences(other, within);
  return occurrences(one, within).some((span) => others.some(({ from, to }) => span.from < to && from < span.to));
}

/** One service is not in two windows at once: the shorter one would end with the service still being worked on. */
export const maintenanceOverlaps: Check = ({ environment }) =>
  environment.maintenance.filter(isRight).flatMap((one, index, all) =>
    all.slice(0, index).flatMap((earlier) => {
      const service = one.services.find((name) => earlier.services.includes(name));
      if (service === undefined || !overlap(one, earlier)) return [];
      return [
        mistake(
          "maintenance-overlap",
          pathOf(environment, one),
          one.place,
          `${service} is in ${earlier.name} at the same time`,
          "make one window of both, or move one of them",
        ),
      ];
    }),
  );

/** What is over says nothing any more, and Datadog refuses to be given it anew. */
export const maintenancePast: Check = ({ environment }, { now }) =>
  environment.maintenance.filter(isRight).flatMap((one): readonly Diagnostic[] => {
    const [span] = one.when.kind === "once" ? occurrences(one, someYear) : [];
    if (!span || now === undefined || span.to > now) return [];
    return [
      {
        ...mistake(
          "maintenance-past",
          pathOf(environment, one),
          one.place,
          `it ended at ${one.when.to} (${one.zone})`,
          "remove it; Datadog takes no downtime of the past",
        ),
        severity: "warning",
      },
    ];
  });
