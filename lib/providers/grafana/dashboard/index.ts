import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { ThinResource } from "../../resource";
import { grafana } from "../provider";

export interface DashboardConfig extends TerraformMetaArguments {
  /** Grafana's dashboard model; its `uid` is the dashboard's. */
  readonly configJson: string;
  /** Id or uid of a folder. */
  readonly folder?: string;
  /** Says in Grafana's version history why it was saved. */
  readonly message?: string;
  readonly orgId?: string;
  /** Takes over a dashboard of the same uid that Terraform does not know yet. Default: false. */
  readonly overwrite?: boolean;
}

/** `grafana_dashboard` */
export class Dashboard extends ThinResource {
  static readonly tfResourceType = "grafana_dashboard";

  constructor(scope: Construct, id: string, config: DashboardConfig) {
    super(scope, id, { type: Dashboard.tfResourceType, provider: grafana }, config);
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  get uid(): string {
    return this.getStringAttribute("uid");
  }

  get url(): string {
    return this.getStringAttribute("url");
  }
}
