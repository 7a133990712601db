import { type Environment, isRecorded, type Named, type Selection } from "@watchbill/model";
import { jobMatchers, lookback } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import type { PromqlStyle } from "./promql";

/** The matchers of a rule's selectors: the service's jobs. */
export const ruleScope =
  (service: Named): PromqlStyle["scope"] =>
  (source) =>
    jobMatchers(service, source).join(",");

/** Whether a failed scrape ends a series: it does, but for what Prometheus says of the scrape itself, and for recorded ones. */
export const endsWithScrape = ({ metric }: Selection) => metric.source !== "scrape" && !isRecorded(metric);

/** How a rule of one service is printed: scoped to the service's jobs, windows in the environment's time. */
export const ruleStyle = (environment: Environment, service: Named): PromqlStyle => ({
  scope: ruleScope(service),
  window: (window) => formatDuration(lapsed(environment, window)),
  ahead: (ahead) => lapsed(environment, ahead),
  last: (of) => (endsWithScrape(of) ? formatDuration(lookback) : undefined),
});
