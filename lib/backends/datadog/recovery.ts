import { type Alert, comparisonOf } from "@watchbill/model";
import type { Thresholds } from "./resources";
import { isNone } from "./state";

/** The highest that a share of a whole gets, in percent. */
const WHOLE = 100;

/**
 * A keep-firing time has no like in Datadog, which ends an alert at the first good evaluation. What comes and goes around
 * its limit is kept together by a limit of recovery a tenth away from it, where a value can get there: no more than one of
 * one server is up, and no more than all of a share.
 */
export function recovery({ keepFiring, when }: Alert, critical: number): Pick<Thresholds, "criticalRecovery"> {
  const compared = comparisonOf(when.test);
  if (keepFiring.value === 0 || critical === 0 || !compared || isNone(compared)) return {};
  const isBelow = compared.comparison.startsWith("<");
  const criticalRecovery = Number((critical * (isBelow ? 1.1 : 0.9)).toPrecision(12));
  return isBelow && when.unit === "ratio" && criticalRecovery > WHOLE ? {} : { criticalRecovery };
}
