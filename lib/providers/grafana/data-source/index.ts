import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { ThinResource } from "../../resource";
import { grafana } from "../provider";

export interface DataSourceConfig extends TerraformMetaArguments {
  readonly name: string;
  /** `prometheus` */
  readonly type: string;
  /** Default: chosen by Grafana. */
  readonly uid?: string;
  /** As Grafana's server reaches it, not a browser. */
  readonly url?: string;
  /** Default: proxy. */
  readonly accessMode?: "proxy" | "direct";
  readonly isDefault?: boolean;
  readonly databaseName?: string;
  /** JSON: `{"httpMethod":"POST"}`. */
  readonly jsonDataEncoded?: string;
  readonly orgId?: string;
}

/** `grafana_data_source`, without its fields for passwords and tokens: those would stand in Terraform's state. */
export class DataSource extends ThinResource {
  static readonly tfResourceType = "grafana_data_source";

  constructor(scope: Construct, id: string, config: DataSourceConfig) {
    super(scope, id, { type: DataSource.tfResourceType, provider: grafana }, config);
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  get uid(): string {
    return this.getStringAttribute("uid");
  }
}
