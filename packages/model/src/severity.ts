import { type Duration, hours, minutes } from "./quantity";

/** How bad it is, worst first. P0 to P3 are other names of the first four. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof severities)[number];

/** The names by which incident processes know them: `severity: P1`. */
export const P0 = "critical" satisfies Severity;
export const P1 = "high" satisfies Severity;
export const P2 = "medium" satisfies Severity;
export const P3 = "low" satisfies Severity;

export interface SeverityMeaning {
  /** `p0` to `p4`: the label `priority` in Prometheus; Datadog's priority is this number plus one. */
  readonly priority: 0 | 1 | 2 | 3 | 4;
  /** The label `severity` in Prometheus, in the values that the field's linters and dashboards know. */
  readonly label: "critical" | "warning" | "info";
  /**
   * Within which somebody looks at it; nothing is promised for `info`. One promise for all services: where teams have
   * promised unlike times under one name, the shorter one keeps both.
   */
  readonly respondWithin?: Duration;
  /**
   * After which the next one is called when nobody has acknowledged; `info` never escalates. What is critical escalates
   * the moment its response is late.
   */
  readonly escalateAfter?: Duration;
  /** After which it is said again while it lasts. */
  readonly repeatEvery: Duration;
  /**
   * What comes up in one service within this time is told in one message. Default: what one alert has to say is told as
   * it comes up.
   */
  readonly gatherFor?: Duration;
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
  low: { priority: 3, label: "info", respondWithin: hours(4), escalateAfter: hours(24), repeatEvery: hours(24) },
  info: { priority: 4, label: "info", repeatEvery: hours(24), gatherFor: hours(1) },
} as const satisfies Record<Severity, SeverityMeaning>;

/** What a measure of the team's own work should be, and from where on somebody has to ask why it isn't. */
export interface IncidentTarget {
  readonly target: Duration;
  readonly alarm: Duration;
}

/** Mean times over a month's incidents: from the first failure to the first page, and from there to its end. */
export const incidentTargets = {
  timeToDetect: { target: minutes(5), alarm: minutes(15) },
  timeToResolve: { target: hours(1), alarm: hours(4) },
} as const satisfies Readonly<Record<string, IncidentTarget>>;
