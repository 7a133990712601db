import { type Calendar, calendarsOf, minuteOfDay, type Service, weekdays } from "@watchbill/model";
import { IANAZone } from "luxon";
import type { RuleGroup } from "./rule-file";

/** The span for which a zone's changes are written down; from constants, since output must not depend on the day. */
const firstYear = 2024;
const lastYear = 2045;

interface Offsets {
  readonly start: number;
  readonly changes: readonly { readonly at: number; readonly by: number }[];
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
  const changes: { at: number; by: number }[] = [];
  const week = 7 * 86400;
  for (let at = begin; at < end; at += week) {
    const by = offset(at + week) - offset(at);
    if (by !== 0) changes.push({ at: firstMoment(at, at + week, (moment) => offset(moment) !== offset(at)), by });
  }
  return { start: offset(begin), changes };
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

/**
 * The wall clock of a zone as PromQL. Prometheus has no time zones (its issue 1164), so the offset is a sum over the
 * zone's changes, each counted once its moment has passed.
 */
export function localTime(zone: string): string {
  const { start, changes } = offsetChanges(zone);
  const sums = new Map<number, string[]>();
  for (const { at, by } of changes) sums.set(by, [...(sums.get(by) ?? []), `(time() >= bool ${at})`]);
  const terms = [...sums].map(([by, moments]) => ` ${by < 0 ? "-" : "+"} ${Math.abs(by)} * (${moments.join(" + ")})`);
  const constant = start === 0 ? "" : ` ${start < 0 ? "-" : "+"} ${Math.abs(start)}`;
  return `vector(time()${constant}${terms.join("")})`;
}

/** The rules that record whether a calendar is on: 1 or 0. */
export function calendarRules(calendar: Calendar): RuleGroup {
  const labels = { calendar: calendar.name };
  const local = `calendar:local_time:seconds{calendar="${calendar.name}"}`;
  const minute = `(hour(${local}) * 60 + minute(${local}))`;
  const within = `(${minute} >= bool ${minuteOfDay(calendar.from)}) * (${minute} < bool ${minuteOfDay(calendar.to)})`;
  const days = calendar.days.map((day) => `(day_of_week(${local}) == bool ${weekdays.indexOf(day)})`);
  return {
    name: `calendar-${calendar.name}`,
    rules: [
      { record: "calendar:local_time:seconds", expr: localTime(calendar.zone), labels },
      { record: "calendar:active", expr: `${within} * (${days.join(" + ")})`, labels },
    ],
  };
}

/** The calendars that alerts are gated by, each once, by name. */
export function calendarsUsed(services: readonly Service[]): readonly Calendar[] {
  const used = services.flatMap(({ watch }) =>
    watch.flatMap(({ alerts }) => alerts.flatMap((alert) => calendarsOf(alert.when.test))),
  );
  return [...new Map(used.map((calendar) => [calendar.name, calendar])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}
