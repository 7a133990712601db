import { MetricTagConfiguration } from "@cdktf/provider-datadog/lib/metric-tag-configuration";
import type { Construct } from "constructs";
import type { DistributionMetric } from "../../lib/backends/datadog/resources";
import { escapeTerraform } from "../../lib/terraform-text";
import { identify } from "../identity";

export function addDistribution(scope: Construct, distribution: DistributionMetric): MetricTagConfiguration {
  const { key, formerly, metric, tags, percentiles } = escapeTerraform(distribution);
  const resource = new MetricTagConfiguration(scope, `distribution-${key}`, {
    metricName: metric,
    metricType: "distribution",
    tags,
    includePercentiles: percentiles,
  });
  identify(resource, key, formerly);
  return resource;
}
