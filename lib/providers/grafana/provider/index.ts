import type { Construct } from "constructs";
import { type ProviderSource, ThinProvider } from "../../resource";

export const grafana: ProviderSource = { source: "grafana/grafana", version: "4.45.0" };

export interface GrafanaProviderConfig {
  readonly alias?: string;
  /** Default: GRAFANA_URL. */
  readonly url?: string;
  /** How often a request that failed is tried again. Default: 3. */
  readonly retries?: number;
}

/** Reads GRAFANA_AUTH (a service account's token, or `user:password`) from the environment. */
export class GrafanaProvider extends ThinProvider {
  static readonly tfResourceType = "grafana";

  constructor(scope: Construct, id: string, config: GrafanaProviderConfig = {}) {
    super(scope, id, grafana, config);
  }
}
