import { keptName, type Metric, type Named } from "@watchbill/model";

/**
 * A metric's name takes letters, digits, `_` and `.` only (https://docs.datadoghq.com/metrics/custom_metrics/). A service
 * that is renamed keeps its metrics' names, and with them what they have recorded.
 */
export const namespaceOf = (service: Named) => keptName(service).replace(/[^A-Za-z0-9_]+/g, "_");

/**
 * A counter's name without its ending: that is how the Agent's OpenMetrics check knows it, and to which it adds
 * `.count` (https://docs.datadoghq.com/integrations/guide/prometheus-metrics/).
 */
export const exposedName = (metric: Pick<Metric, "kind" | "name">) =>
  metric.kind === "counter" ? metric.name.replace(/_total$/, "") : metric.name;

/** The name under which the Agent's OpenMetrics check sends a metric of a service. */
export const metricName = (service: Named, metric: Pick<Metric, "kind" | "name">) =>
  `${namespaceOf(service)}.${exposedName(metric)}${metric.kind === "counter" ? ".count" : ""}`;

/**
 * Text as Datadog stores it in a tag's value: in lower case, and an underscore for what it does not take
 * (https://docs.datadoghq.com/getting_started/tagging/#define-tags).
 */
export const tagText = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}_\-:./]+/gu, "_");

/** A whole tag value: one never ends in an underscore or a colon. */
export const tagValue = (value: string) => tagText(value).replace(/[_:]+$/, "");
