import type { Diagnostic } from "@watchbill/model";
import { DateTime } from "luxon";
import { mistake } from "../../checks/check";
import { wallTime } from "../../wall-time";

/** A moment as it was asked for. */
interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Which of two it is, where the clock shows this time twice. */
  readonly note?: string;
}

const offsets = /(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/;

/** Reads `2026-12-25T03:00`, on the zone's clock unless it ends in `Z` or an offset. Of two such times it is the first. */
export function readMoment(text: string, zone: string): Moment | Diagnostic {
  const refuse = (message: string, hint: string) => mistake("page-time", "page", `--at ${text}`, message, hint);
  const [date = "", clock = "", ...more] = text.replace(offsets, "").split(/[T ]/);
  const offset = offsets.exec(text)?.[0];
  const time = wallTime(`${date}T${clock}`, offset === undefined ? zone : "UTC");
  if (time.is === "none" || more.length > 0) return refuse(`"${text}" is no moment`, "write it like 2026-12-25T03:00");
  if (offset !== undefined) return { at: DateTime.fromISO(`${date}T${clock}${offset}`).toMillis() };
  if (time.is === "left out")
    return refuse(
      `${date} has no ${clock} in ${zone}, where the clocks go forward that day`,
      `take ${time.after.toFormat("HH:mm")}, which comes right after the gap, or give an offset: ${date}T${clock}Z`,
    );
  const at = time.first.toMillis();
  if (time.is === "once") return { at };
  return { at, note: `${clock} comes twice that day: this is the first, at UTC${time.first.toFormat("ZZ")}` };
}
