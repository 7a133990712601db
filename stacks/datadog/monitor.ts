import { Monitor as MonitorResource } from "@cdktf/provider-datadog/lib/monitor";
import type { Construct } from "constructs";
import type { Monitor, Thresholds } from "../../lib/backends/datadog/resources";
import { escapeTerraform } from "../../lib/terraform-text";
import { identify } from "../identity";
import type { Needs } from "./distributions";
import type { Resolve } from "./resolve";

export function addMonitor(scope: Construct, monitor: Monitor, resolve: Resolve, needs: Needs): void {
  const { key, formerly, priority, thresholds, thresholdWindows, ...rest } = resolve(escapeTerraform(monitor));
  const resource = new MonitorResource(scope, `monitor-${key}`, {
    ...rest,
    ...needs(monitor.query),
    ...(priority !== undefined && { priority: String(priority) }),
    ...(thresholds && { monitorThresholds: asText(thresholds) }),
    ...(thresholdWindows && { monitorThresholdWindows: thresholdWindows }),
  });
  identify(resource, key, formerly);
}

/** The provider takes thresholds as text, so that 0 is not mistaken for absent. */
const asText = (thresholds: Thresholds): Record<string, string> =>
  Object.fromEntries(Object.entries(thresholds).map(([name, value]) => [name, String(value)]));
