import { type Calendar, dateOf, minutesOn, weekdays } from "@watchbill/model";
import { IANAZone } from "luxon";

/** promtool begins in 1970, the zones' rules are those of today; 2026 has its weekdays on the same dates. */
const shift = Date.UTC(2026, 0, 1);

/** Whether a calendar is on, so many seconds after the beginning of 1970. */
export function isOnAt(calendar: Calendar, seconds: number): boolean {
  const offset = IANAZone.create(calendar.zone).offset(shift + seconds * 1000);
  const local = new Date(seconds * 1000 + offset * 60_000);
  // Nobody asks what was before 1970, and the rule that stands for "always" is one about the clock being past that.
  if (local.getTime() <= 0) return false;
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const date = local.toISOString().slice(0, 10);
  if (calendar.holidays.some((holiday) => dateOf(holiday) === date)) return false;
  return minutesOn(calendar.hours, weekdays[local.getUTCDay()]!).some(({ from, to }) => from <= minute && minute < to);
}
