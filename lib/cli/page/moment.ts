import type { Diagnostic } from "@watchbill/model";
import { DateTime } from "luxon";
import { mistake } from "../../checks/check";

/** A moment as it was asked for. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Which of two it is, where the clock shows this time twice. */
  readonly note?: string;
}

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:?\d\d)?$/;

/** Reads `2026-12-25T03:00`, on the zone's clock unless it ends in `Z` or an offset. Of two such times it is the first. */
export function readMoment(text: string, zone: string): Moment | Diagnostic {
  const [, date, clock = "", offset = ""] = written.exec(text) ?? [];
  const time = DateTime.fromISO(`${date}T${clock}${offset}`, { zone });
  const at = `--at ${text}`;
  if (date === undefined || !time.isValid)
    return mistake("page-time", "page", at, `"${text}" is no moment`, "write it like 2026-12-25T03:00");
  if (offset !== "") return { at: time.toMillis() };
  if (time.toFormat(clock.length > 5 ? "HH:mm:ss" : "HH:mm") !== clock) {
    const after = time.startOf("hour");
    return mistake(
      "page-time",
      "page",
      at,
      `${date} has no ${clock} in ${zone}, where the clocks go forward that day`,
      `take ${after.toFormat("HH:mm")}, which comes right after the gap, or give an offset: ${date}T${clock}Z`,
    );
  }
  const [first = time, ...others] = time.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  if (others.length === 0) return { at: time.toMillis() };
  const note = `${clock} comes twice that day: this is the first, at UTC${first.toFormat("ZZ")}`;
  return { at: first.toMillis(), note };
}
