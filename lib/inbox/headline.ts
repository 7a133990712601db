import type { Status } from "./message";

/** A title taken apart. */
interface Headline {
  /** Undefined when the title does not say. */
  readonly status: "firing" | "resolved" | undefined;
  /** The title without its status; with "×3" after it where it speaks of three alerts. */
  readonly title: string;
  /** The bare title: the same when it fires and when it resolves. */
  readonly key: string;
  readonly severity?: string;
}

/**
 * Slack and email carry no status of their own, so the title says it: "[FIRING:2] …" and "[RESOLVED] …" are
 * Alertmanager's default (https://github.com/prometheus/alertmanager/blob/main/template/default.tmpl); a leading
 * "FIRING", "CRITICAL" or "RESOLVED", with a count in brackets, is this project's.
 */
const leadingStatus = /^(?:\[(FIRING|CRITICAL|RESOLVED)(?::(\d+))?\]|(FIRING|CRITICAL|RESOLVED)\b(?: \((\d+)\))?:?)\s*/;

export function readHeadline(line: string): Headline {
  const match = leadingStatus.exec(line);
  if (match === null) return { status: undefined, title: line.trim(), key: line.trim() };
  const word = match[1] ?? match[3];
  const count = Number(match[2] ?? match[4] ?? 1);
  const key = line.slice(match[0].length).trim();
  return {
    status: word === "RESOLVED" ? "resolved" : "firing",
    title: count > 1 ? `${key} ×${count}` : key,
    key,
    ...(word === "CRITICAL" && { severity: "critical" }),
  };
}

/** Slack's named colours as Alertmanager's default uses them: good is over, the others are not. */
export function statusOfColor(color: string | undefined): Status {
  if (color === "good") return "resolved";
  return color === "danger" || color === "warning" ? "firing" : "notice";
}
