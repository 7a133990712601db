import type { Service } from "@watchbill/model";
import { metricName } from "./names";
import type { DistributionMetric } from "./resources";

/** Tags that every metric of a service has, by the Agent's configuration. */
const always = ["env", "instance", "service", "team"];

/**
 * Percentiles and counts by threshold exist only for a distribution that is told to keep them
 * (https://docs.datadoghq.com/metrics/distributions/#enabling-advanced-query-functionality). What can be asked by is said
 * with it, and nothing else is kept: each further tag is paid for.
 */
export const distributions = (services: readonly Service[]): readonly DistributionMetric[] =>
  services.flatMap((service) =>
    Object.values(service.metrics)
      .filter(({ kind }) => kind === "histogram")
      .map((metric) => {
        const name = metricName(service, metric);
        return {
          key: name.replaceAll(".", "-"),
          metric: name,
          tags: [...new Set([...always, ...Object.keys(metric.labels)])].sort(),
          percentiles: true,
        };
      }),
  );
