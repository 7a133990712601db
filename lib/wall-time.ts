import { DateTime } from "luxon";

/** A time of the wall clock: the first moment at which a clock of the zone shows it, or why none does. */
type WallTime =
  | { readonly is: "once" | "twice"; readonly first: DateTime }
  /** The clocks go forward over it, to `after`. */
  | { readonly is: "left out"; readonly after: DateTime }
  | { readonly is: "none" };

// A day's end is the next one's 00:00: what a clock never shows has no moment.
const written = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){1,2}$/;

/** Reads `2026-12-25T03:00`, with seconds or without. */
export function wallTime(text: string, zone: string): WallTime {
  const time = DateTime.fromISO(text, { zone });
  if (!written.test(text) || !time.isValid) return { is: "none" };
  if (time.toFormat("yyyy-MM-dd'T'HH:mm:ss").slice(0, text.length) !== text)
    return { is: "left out", after: time.startOf("hour") };
  const [first = time, ...others] = time.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return { is: others.length > 0 ? "twice" : "once", first };
}

/** What is wrong with a moment that is declared, to the minute; nothing for one that comes exactly once. */
export function wrongMoment(text: string, zone: string): string | undefined {
  const { is } = wallTime(text, zone);
  if (is === "none" || text.length > "2026-12-25T03:00".length) return "is no moment";
  if (is === "left out") return `does not exist in ${zone}, where the clocks go forward`;
  return is === "twice" ? `comes twice in ${zone}, where the clocks go back` : undefined;
}
