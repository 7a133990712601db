import type { Labels } from "./labels";

/** An alert that Prometheus sends, over the time in which it fires. Times are in milliseconds since 1970. */
export interface FiredAlert {
  /** With `alertname` and the external labels. */
  readonly labels: Labels;
  readonly annotations?: Labels;
  /** When it begins to fire: after its `for`. */
  readonly startsAt: number;
  /** Missing: it fires still at the end. */
  readonly endsAt?: number;
}
