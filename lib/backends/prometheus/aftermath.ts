import { type Alert, type Environment, itself, minutes } from "@watchbill/model";
import { aftermathLabels, aftermathOf } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import type { AlertRule } from "./rule-file";

/**
 * How long the symptoms of what was down may last: they look back over windows of five minutes and are kept firing for
 * five. A service that needed what was down is back later than that.
 */
const lasts = { service: minutes(12), dependency: minutes(15) };

/**
 * Fires along with an alert of something down, and for a while after it, so that symptoms which outlast their cause are
 * not told as something new once it is told to be over. It tells nobody anything: it is there to inhibit, as
 * kube-prometheus' InfoInhibitor is.
 */
export function aftermathRule(
  environment: Environment,
  { id, down }: Pick<Alert, "id" | "down">,
  { labels, annotations, ...rule }: AlertRule,
): AlertRule {
  const { description = "", ...others } = annotations;
  return {
    ...rule,
    alert: aftermathOf(id),
    keep_firing_for: formatDuration(lapsed(environment, down === itself ? lasts.service : lasts.dependency)),
    labels: { ...labels, ...aftermathLabels },
    annotations: {
      ...others,
      summary: "What was down may still show symptoms; they are not told.",
      description: `While ${id} fires and for a while after it. ${description}`,
    },
  };
}
