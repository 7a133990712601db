import type { Alert, Environment, Service } from "@watchbill/model";
import { runbookUrl } from "../../conventions";
import type { PanelLink } from "./json-model";

/** A link to a page outside of Grafana, in a tab of its own. */
export const link = (title: string, url: string): PanelLink => ({
  title,
  type: "link",
  url,
  icon: "external link",
  tooltip: "",
  tags: [],
  asDropdown: false,
  targetBlank: true,
  includeVars: false,
  keepTime: false,
});

const one = (names: readonly string[]) =>
  names.length === 1 ? `alertname="${names[0]}"` : `alertname=~"${names.join("|")}"`;

/** To the alerts with these names in Alertmanager, where they can be silenced, and to their course in Prometheus. */
export function alertLinks({ links }: Environment, service: Service, names: readonly string[]): PanelLink[] {
  if (names.length === 0) return [];
  const matchers = `{service="${service.name}",${one(names)}}`;
  return [
    link("Firing alerts", `${links.alertmanager}/#/alerts?filter=${encodeURIComponent(matchers)}`),
    link("Alerts over time", `${links.prometheus}/graph?g0.expr=${encodeURIComponent(`ALERTS${matchers}`)}&g0.tab=0`),
  ];
}

/** To what a person looks for once a panel has told them that something is wrong. */
export const panelLinks = (environment: Environment, service: Service, alerts: readonly Alert[]): PanelLink[] => [
  ...alerts.map((alert) => link(`Runbook: ${alert.id}`, runbookUrl(environment, alert))),
  ...alertLinks(
    environment,
    service,
    alerts.map(({ id }) => id),
  ),
];

export const tagsOf = (service: Service) => ["watchbill", `service:${service.name}`];

/** To the other dashboards of the service, with the time range and the filters that are set. */
export const dashboardLinks = (service: Service): PanelLink[] => [
  {
    title: "Dashboards",
    type: "dashboards",
    icon: "dashboard",
    tooltip: "",
    tags: tagsOf(service),
    asDropdown: false,
    targetBlank: false,
    includeVars: true,
    keepTime: true,
  },
];
