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

/** An address from the environment with its placeholders filled in. */
const fillIn = (template: string, { name }: Environment, service: Service) =>
  template.replaceAll("{service}", service.name).replaceAll("{environment}", name);

/** To what else is known of the service, in whatever keeps it. */
const elsewhere = (environment: Environment, service: Service): PanelLink[] => {
  const { logs, traces } = environment.links;
  return [
    ...(logs === undefined ? [] : [link("Logs", fillIn(logs, environment, service))]),
    ...(traces === undefined ? [] : [link("Traces", fillIn(traces, environment, service))]),
  ];
};

const windows = { "1h": "1 h", "24h": "24 h", "7d": "7 d" } as const;

/**
 * To the same dashboard over other times, with its filters. Links rather than quick ranges of its time picker, which
 * Grafana knows from 12.1 on only.
 */
const windowLinks = (uid: string): PanelLink[] =>
  Object.entries(windows).map(([range, title]) => ({
    ...link(title, `/d/${uid}?from=now-${range}&to=now`),
    icon: "time",
    tooltip: `The last ${title}`,
    targetBlank: false,
    includeVars: true,
  }));

/** To other times, to the other dashboards of the service with the time range and filters that are set, and elsewhere. */
export const dashboardLinks = (environment: Environment, service: Service, uid: string): PanelLink[] => [
  ...windowLinks(uid),
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
  ...elsewhere(environment, service),
];
