import { type Duration, hours, minutes } from "./quantity";

/** How bad it is, worst first. P0 to P3 are other names of the first four. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof severities)[number];

export interface SeverityMeaning {
  /** `p0` to `p4`: the label `priority` in Prometheus; Datadog's priority is this number plus one. */
  readonly priority: 0 | 1 | 2 | 3 | 4;
  /** The label `severity` in Prometheus, in the values that the field's linters and dashboards know. */
  readonly label: "critical" | "warning" | "info";
  /** Within which somebody looks at it; nothing is promised for `info`. */
  readonly respondWithin?: Duration;
  /** After which the next one is called when nobody has acknowledged; `info` and `low` never escalate. */
  readonly escalateAfter?: Duration;
  /** After which it is said again while it lasts. */
  readonly repeatEvery: Duration;
}

export const severityMeaning = {
  critical: {
    priority: 0,
    label: "critical",
    respondWithin: minutes(5),
    escalateAfter: minutes(5),
    repeatEvery: hours(1),
  },
  high: {
    priority: 1,
    label: "warning",
    respondWithin: minutes(15),
    escalateAfter: minutes(30),
    repeatEvery: hours(4),
  },
  medium: { priority: 2, label: "warning", respondWithin: hours(1), escalateAfter: hours(2), repeatEvery: hours(12) },
  low: { priority: 3, label: "info", respondWithin: hours(4), repeatEvery: hours(24) },
  info: { priority: 4, label: "info", repeatEvery: hours(24) },
} as const satisfies Record<Severity, SeverityMeaning>;
