import type { Environment } from "@watchbill/model";
import { jobOf } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import type { PromqlStyle } from "./promql";

/** How a rule of one service is printed: scoped to the service's jobs, windows in the environment's time. */
export const ruleStyle = (environment: Environment, service: string): PromqlStyle => ({
  scope: (source) => `job="${jobOf(service, source)}"`,
  window: (window) => formatDuration(lapsed(environment, window)),
});
