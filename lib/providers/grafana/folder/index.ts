import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { ThinResource } from "../../resource";
import { grafana } from "../provider";

export interface FolderConfig extends TerraformMetaArguments {
  readonly title: string;
  /** Default: chosen by Grafana. */
  readonly uid?: string;
  readonly parentFolderUid?: string;
  readonly orgId?: string;
  /** Refuses to destroy a folder in which somebody keeps dashboards of their own. Default: false. */
  readonly preventDestroyIfNotEmpty?: boolean;
}

/** `grafana_folder` */
export class Folder extends ThinResource {
  static readonly tfResourceType = "grafana_folder";

  constructor(scope: Construct, id: string, config: FolderConfig) {
    super(scope, id, { type: Folder.tfResourceType, provider: grafana }, config);
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
