import type { Environment, Named } from "@watchbill/model";
import { jobMatchers } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import type { PromqlStyle } from "./promql";

/** The matchers of a rule's selectors: the service's jobs. */
export const ruleScope =
  (service: Named): PromqlStyle["scope"] =>
  (source) =>
    jobMatchers(service, source).join(",");

/** How a rule of one service is printed: scoped to the service's jobs, windows in the environment's time. */
export const ruleStyle = (environment: Environment, service: Named): PromqlStyle => ({
  scope: ruleScope(service),
  window: (window) => formatDuration(lapsed(environment, window)),
});
