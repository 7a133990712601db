import { type Duration, severities, severityMeaning } from "@watchbill/model";
import { production } from "../../environments/production";
import { readMarkdown, tableRows } from "../support/markdown";

const rows = tableRows(readMarkdown("docs/on-call.md"));
const rowOf = (severity: string) => rows.find(([first = ""]) => first.split(" ")[0] === severity) ?? [];

const units = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
] as const;
/** `5 minutes`, `1 hour`, `1 day`. */
function words(duration: Duration | undefined, otherwise: string): string {
  if (duration === undefined) return otherwise;
  const [unit, length] = units.find(([, seconds]) => duration.value % seconds === 0) ?? ["second", 1];
  const count = duration.value / length;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

test.each(severities)(
  "what it says of %s is what is declared: its times, and who is told in production",
  (severity) => {
    const meaning: { respondWithin?: Duration; escalateAfter?: Duration; repeatEvery: Duration } =
      severityMeaning[severity];
    const [, within, after, again, by = ""] = rowOf(severity);
    expect([within, after, again]).toEqual([
      words(meaning.respondWithin, "no promise"),
      words(meaning.escalateAfter, "never"),
      words(meaning.repeatEvery, ""),
    ]);
    const kinds = (production.notify[severity] ?? []).map((name) => production.channels[name]?.kind);
    expect(/PagerDuty/.test(by)).toBe(kinds.includes("pagerduty"));
    expect(/Slack/.test(by)).toBe(kinds.includes("slack"));
    expect(/email/.test(by)).toBe(kinds.includes("email"));
    expect(/business hours/.test(by)).toBe(severity in production.hours);
  },
);
