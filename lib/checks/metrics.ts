import type { Metric, Service } from "@watchbill/model";
import { type Check, list, mistake } from "./check";

const metricsOf = (services: readonly Service[]) =>
  services.flatMap((service) =>
    Object.values(service.metrics).map((metric) => ({ metric, path: `${service.name}/${metric.name}` })),
  );

const look =
  (code: string, wrong: (metric: Metric) => readonly (readonly [message: string, hint: string])[]): Check =>
  ({ services }) =>
    metricsOf(services).flatMap(({ metric, path }) =>
      wrong(metric).map(([message, hint]) => mistake(code, path, metric.place, message, hint)),
    );

const toName = (name: string) => name.replace(/[^a-zA-Z0-9_]+/g, "_").replace(/^(\d)/, "_$1");

/** https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels; colons are for recording rules. */
export const metricNames = look("metric-name", ({ name }) =>
  /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)
    ? []
    : [[`Prometheus refuses the metric name "${name}"`, `use letters, digits and underscores: "${toName(name)}"`]],
);

/**
 * https://prometheus.io/docs/practices/naming/: a counter's name ends in _total, and only a counter's. An exporter's names
 * are what they are.
 */
export const counterNames = look("counter-name", ({ kind, name, source }) =>
  source !== "service" || (kind === "counter") === name.endsWith("_total")
    ? []
    : kind === "counter"
      ? [[`the counter "${name}" does not end in _total`, `call it "${toName(name).replace(/_?total$/, "")}_total"`]]
      : [[`"${name}" ends in _total but is a ${kind}`, "declare it as a counter, or drop the ending"]],
);

const reserved = ["job", "instance", "le", "quantile", "service", "owner", "environment"];

export const labelNames = look("label-name", ({ name, labels }) =>
  Object.keys(labels).flatMap((label): readonly (readonly [string, string])[] => {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) || label.startsWith("__")) {
      return [[`Prometheus refuses the label "${label}" of ${name}`, `use letters, digits and underscores`]];
    }
    if (!reserved.includes(label)) return [];
    return [[`the label "${label}" of ${name} is set by the scrape`, `call it something else than ${list(reserved)}`]];
  }),
);

export const labelBounds = look("label-bound", ({ name, labels }) =>
  Object.entries(labels).flatMap(([label, values]) =>
    "atMost" in values && !(Number.isInteger(values.atMost) && values.atMost > 0)
      ? [
          [
            `the label "${label}" of ${name} is bound by ${values.atMost}`,
            "bound it by a whole number above 0",
          ] as const,
        ]
      : [],
  ),
);

export const histogramBuckets = look("histogram-buckets", ({ kind, name, buckets }) => {
  if (kind !== "histogram") return [];
  const ascending =
    buckets.length > 0 && buckets.every((bound, index) => index === 0 || bound > (buckets[index - 1] ?? 0));
  return ascending
    ? []
    : [
        [
          `the buckets of ${name} do not ascend: ${buckets.join(", ") || "none"}`,
          "list them from small to large, each once",
        ],
      ];
});

/** Two metrics of one name in one service would be one exposition that contradicts itself. */
export const duplicateMetrics: Check = ({ services }) =>
  services.flatMap((service) => {
    const seen = new Map<string, Metric>();
    return Object.values(service.metrics).flatMap((metric) => {
      const first = seen.get(metric.name);
      seen.set(metric.name, first ?? metric);
      if (!first || first === metric) return [];
      return [
        mistake(
          "duplicate-metric",
          `${service.name}/${metric.name}`,
          metric.place,
          `two metrics are called ${metric.name}, the first at ${first.place}`,
          "give one of them another name, or declare it once",
        ),
      ];
    });
  });
