import type { ITerraformDependable, TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import { Dashboard } from "../lib/providers/grafana/dashboard";
import { DataSource } from "../lib/providers/grafana/data-source";
import { Folder } from "../lib/providers/grafana/folder";
import { GrafanaProvider } from "../lib/providers/grafana/provider";
import { escapeTerraform } from "../lib/terraform-text";
import { identify } from "./identity";

interface GrafanaResourcesConfig {
  readonly folder: { readonly uid: string; readonly title: string };
  readonly dataSource?: GrafanaDataSource;
  readonly dashboards: readonly GrafanaDashboard[];
  /** Grafana's own server, where the same stack runs it. */
  readonly dependsOn?: ITerraformDependable[];
}

/** The default data source of the organization. */
export interface GrafanaDataSource {
  readonly uid: string;
  readonly name: string;
  /** `prometheus` */
  readonly type: string;
  /** As Grafana's server reaches it. */
  readonly url: string;
  /** Options of its type, nothing secret: `{ httpMethod: "POST" }`. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface GrafanaDashboard {
  readonly uid: string;
  readonly title: string;
  /** Grafana's dashboard model; uid and title are put in here. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A folder of dashboards and the data source they read. The address and the token come from the environment. */
export class GrafanaResources extends Construct {
  constructor(scope: Construct, id: string, config: GrafanaResourcesConfig) {
    super(scope, id);
    const { folder, dataSource, dashboards, dependsOn } = config;
    const meta = dependsOn ? { dependsOn } : {};
    new GrafanaProvider(this, "provider");
    const home = new Folder(this, `folder-${folder.uid}`, { ...escapeTerraform(folder), ...meta });
    identify(home, folder.uid);
    const source = dataSource && this.addDataSource(dataSource, meta);
    for (const { uid, title, json } of dashboards) {
      const dashboard = new Dashboard(this, `dashboard-${uid}`, {
        configJson: escapeTerraform(JSON.stringify({ ...json, uid, title })),
        folder: home.uid,
        overwrite: true,
        ...(source && { dependsOn: [source] }),
      });
      identify(dashboard, uid);
    }
  }

  private addDataSource({ options, ...dataSource }: GrafanaDataSource, meta: TerraformMetaArguments): DataSource {
    const resource = new DataSource(this, `data-source-${dataSource.uid}`, {
      ...escapeTerraform(dataSource),
      isDefault: true,
      ...meta,
      ...(options && { jsonDataEncoded: escapeTerraform(JSON.stringify(options)) }),
    });
    identify(resource, dataSource.uid);
    return resource;
  }
}
