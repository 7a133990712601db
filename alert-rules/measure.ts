import type { Duration, Quantity, Severity } from "@watchbill/model";

/** What a pack is asked to watch: a limit, how long it must be passed, and how bad that is. */
export interface Measure<U extends string> {
  readonly above: Quantity<U>;
  readonly for: Duration;
  /** Default: medium. */
  readonly severity?: Severity;
}
