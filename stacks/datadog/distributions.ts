import type { MetricTagConfiguration } from "@cdktf/provider-datadog/lib/metric-tag-configuration";
import type { Construct } from "constructs";
import type { DistributionMetric } from "../../lib/backends/datadog/resources";
import { addDistribution } from "./distribution";

/** The distributions that some queries read, as what these come after. */
export type Needs = (...queries: readonly string[]) => { readonly dependsOn?: MetricTagConfiguration[] };

/**
 * Adds the distributions. What reads one comes after what tells Datadog to keep it, and after no other: Datadog refuses
 * it for a metric that it has not seen yet, and then only what reads that metric shall wait.
 */
export function addDistributions(scope: Construct, distributions: readonly DistributionMetric[]): Needs {
  const added = distributions.map((one) => ({ metric: one.metric, resource: addDistribution(scope, one) }));
  return (...queries) => {
    const dependsOn = added
      .filter(({ metric }) => queries.some((query) => query.includes(`:${metric}{`)))
      .map(({ resource }) => resource);
    return dependsOn.length > 0 ? { dependsOn } : {};
  };
}
