import type { TerraformMetaArguments } from "cdktf";
import { grafanaResource } from "../resource";

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
export class Dashboard extends grafanaResource<DashboardConfig>("grafana_dashboard") {
  get url(): string {
    return this.getStringAttribute("url");
  }
}
