import type { TerraformMetaArguments } from "cdktf";
import { grafanaResource } from "../resource";

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
export class Folder extends grafanaResource<FolderConfig>("grafana_folder") {
  get url(): string {
    return this.getStringAttribute("url");
  }
}
