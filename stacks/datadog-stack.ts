import { DashboardJson } from "@cdktf/provider-datadog/lib/dashboard-json";
import { DatadogProvider } from "@cdktf/provider-datadog/lib/provider";
import { Construct } from "constructs";
import type { Dashboard, DatadogResourceSet } from "../lib/backends/datadog/resources";
import { escapeTerraform } from "../lib/terraform-text";
import { addDistributions } from "./datadog/distributions";
import { addDowntime } from "./datadog/downtime";
import { addMonitor } from "./datadog/monitor";
import { addObjective } from "./datadog/objective";
import { type Resolve, resolver } from "./datadog/resolve";
import { addSyntheticsTest } from "./datadog/synthetics-test";
import { identify } from "./identity";

export interface DatadogResourcesConfig extends DatadogResourceSet {
  /** `https://api.datadoghq.eu/`. Default: DD_HOST of the environment, else Datadog's first site. */
  readonly apiUrl?: string;
}

/** Everything Datadog is given. DD_API_KEY and DD_APP_KEY come from the environment. */
export class DatadogResources extends Construct {
  constructor(scope: Construct, id: string, config: DatadogResourcesConfig) {
    super(scope, id);
    new DatadogProvider(this, "provider", config.apiUrl === undefined ? {} : { apiUrl: config.apiUrl });
    const resolve = resolver(config);
    const needs = addDistributions(this, config.distributions);
    for (const objective of config.objectives) addObjective(this, objective, resolve, needs);
    for (const monitor of config.monitors) addMonitor(this, monitor, resolve, needs);
    for (const downtime of config.downtimes) addDowntime(this, downtime, resolve);
    for (const test of config.syntheticsTests) addSyntheticsTest(this, test, resolve);
    for (const dashboard of config.dashboards) addDashboard(this, dashboard, resolve);
  }
}

function addDashboard(scope: Construct, { key, formerly, json }: Dashboard, resolve: Resolve): void {
  const dashboard = resolve(escapeTerraform(JSON.stringify(json)));
  identify(new DashboardJson(scope, `dashboard-${key}`, { dashboard }), key, formerly);
}
