import { DateTime } from "luxon";

/** What is wrong with a moment of the wall clock; nothing for one that comes exactly once. */
export function wrongMoment(text: string, zone: string): string | undefined {
  const time = DateTime.fromISO(text, { zone });
  if (!/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(text) || !time.isValid) return "is no moment";
  if (time.toFormat("yyyy-MM-dd'T'HH:mm") !== text) return `does not exist in ${zone}, where the clocks go forward`;
  return time.getPossibleOffsets().length > 1 ? `comes twice in ${zone}, where the clocks go back` : undefined;
}
