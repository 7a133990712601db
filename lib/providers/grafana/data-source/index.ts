import type { TerraformMetaArguments } from "cdktf";
import { grafanaResource } from "../resource";

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
export class DataSource extends grafanaResource<DataSourceConfig>("grafana_data_source") {}
