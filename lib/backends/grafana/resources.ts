import type { DashboardJson } from "./json-model";

/** What Grafana is given, as plain data. Texts are literal: escaping for Terraform is not done here. */
export interface GrafanaData {
  readonly folder: { readonly uid: string; readonly title: string };
  readonly dataSource: GrafanaDataSource;
  readonly dashboards: readonly GrafanaDashboard[];
}

export interface GrafanaDataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: "prometheus";
  /** As Grafana's server reaches it. */
  readonly url: string;
  /** `jsonData` of the data source; nothing secret. `timeInterval` is the scrape interval, from which Grafana takes `$__rate_interval`. */
  readonly options: { readonly httpMethod: "POST"; readonly timeInterval: string };
}

export interface GrafanaDashboard {
  /** From names only, at most 40 characters: `tickets-main`. */
  readonly uid: string;
  readonly title: string;
  readonly json: DashboardJson;
}
