import type { Route } from "./config";
import type { FiredAlert } from "./fired-alert";
import type { Labels } from "./labels";
import type { Told } from "./notification-log";

/** Where an alert stands in one inhibit rule, as its source or as its target. */
export interface Part {
  /** The rule, and the values of its equal labels: only who shares it can inhibit or be inhibited. */
  readonly key: string;
  /** It matches the other side of the rule, too. */
  readonly isBoth: boolean;
}

/** Where an alert is told: a route, and the group of its that the alert is in. */
export interface Seat {
  readonly route: Route;
  readonly key: string;
  readonly labels: Labels;
  /** By integration of the route's receiver. */
  readonly told: readonly Told[];
}

/** All alerts with the same labels, which fire one after the other. */
export interface Subject {
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly seats: readonly Seat[];
  readonly sourceIn: readonly Part[];
  readonly targetIn: readonly Part[];
  /** The last that fired. */
  current?: Instance;
}

/** One alert, firing or resolved. */
export interface Instance {
  readonly subject: Subject;
  readonly alert: FiredAlert;
  isResolved: boolean;
}
