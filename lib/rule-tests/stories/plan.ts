import type { Setting } from "./levels";

/** So many steps during which everything goes on as set. */
export interface Phase {
  readonly steps: number;
  readonly setting: Setting;
  /** What strangers do meanwhile, whom the rule must not read: the opposite, so that reading them is seen. */
  readonly others: Setting;
  /** Counters grow each so many steps only, by whole events. Default: at each step. */
  readonly pulse?: number;
}

/** What happens to the scrapes of a target: one never made, one failed, counters that begin anew, or it goes for good. */
export interface Disturbance {
  readonly at: number;
  readonly kind: "missing" | "failed" | "restart" | "gone";
  /** Default: all of the service's targets. */
  readonly target?: 0 | 1;
}

export interface Plan {
  readonly phases: readonly Phase[];
  /** What those do who are never in trouble: another target or label value that is told apart, if any. */
  readonly well: Setting;
  readonly disturbances: readonly Disturbance[];
}
