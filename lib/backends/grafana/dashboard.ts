import type { Dashboard, Environment, Service } from "@watchbill/model";
import { dashboardUid, objectivesSection } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { firingAlerts } from "./annotations";
import type { DashboardJson } from "./json-model";
import { arrange, type Section } from "./layout";
import { dashboardLinks, tagsOf } from "./links";
import { objectivePanels } from "./objective";
import { toPanel } from "./panel";
import type { GrafanaDashboard, GrafanaDataSource } from "./resources";
import { formatInterval } from "./style";
import { variables } from "./variables";

/** `boulder-fest` as a title: `Boulder Fest`. */
const titled = (name: string) =>
  name.replace(/(^|-)(\w)/g, (_, dash: string, first: string) => (dash ? " " : "") + first.toUpperCase());

/** Grafana refuses to refresh more often than this unless its server is told to. */
const shortestRefresh = 5;

function sectionsOf(environment: Environment, service: Service, dashboard: Dashboard): readonly Section[] {
  const panels = service.watch.flatMap((pack) => pack.panels).filter(({ on }) => on === dashboard.name);
  const declared = (title: string) =>
    panels.filter(({ section }) => section === title).map((panel) => toPanel(environment, service, panel));
  const objectives = service.objectives.map((objective) => objectivePanels(environment, service, objective));
  return dashboard.sections
    .map((title) => ({ title, groups: [...(title === objectivesSection ? objectives : []), declared(title)] }))
    .map(({ title, groups }) => ({ title, groups: groups.filter((group) => group.length > 0) }))
    .filter(({ groups }) => groups.length > 0);
}

function description(environment: Environment, { question }: Dashboard): string {
  if (environment.lapse === 1) return question;
  return `${question} Time runs ${environment.lapse} times as fast here: the windows of rates and of what alerts count are divided by that.`;
}

/** One service on one dashboard; nothing if the service has nothing to show there. */
export function toDashboard(
  environment: Environment,
  service: Service,
  dashboard: Dashboard,
  dataSource: GrafanaDataSource,
): GrafanaDashboard | undefined {
  const sections = sectionsOf(environment, service, dashboard);
  if (sections.length === 0) return undefined;
  const uid = dashboardUid(service, dashboard);
  const title = `${titled(service.name)}: ${dashboard.title}`;
  const refresh = Math.max(shortestRefresh, Math.round(lapsed(environment, { value: 30, unit: "seconds" }).value));
  const json: DashboardJson = {
    uid,
    title,
    description: description(environment, dashboard),
    tags: tagsOf(service),
    // The version that the SDK's types describe; a lower one would be migrated, and every plan would show the difference.
    schemaVersion: 42,
    editable: false,
    graphTooltip: 1,
    timezone: "browser",
    time: { from: `now-${formatDuration(dashboard.range)}`, to: "now" },
    refresh: formatInterval({ value: refresh, unit: "seconds" }),
    templating: { list: variables(service, dataSource) },
    annotations: { list: [firingAlerts(environment, service)] },
    links: dashboardLinks(environment, service, uid),
    panels: arrange(sections),
  };
  return { uid, title, json };
}
