import type { Dashboard, Diagnostic, Environment, Panel, Service } from "@watchbill/model";
import { list, mistake } from "../../checks/check";
import { dashboardUid, objectivesSection } from "../../conventions";
import { alertsOn, unitOf } from "../../panels/limits";
import { limitsOf } from "./limits";

const panelsOf = (service: Service) => service.watch.flatMap(({ panels }) => panels);

function unplaced(dashboards: readonly Dashboard[], panel: Panel, path: string): readonly Diagnostic[] {
  const dashboard = dashboards.find(({ name }) => name === panel.on);
  if (!dashboard) {
    return [
      mistake(
        "unknown-dashboard",
        path,
        panel.place,
        `there is no dashboard "${panel.on}"`,
        `say on: one of ${list(dashboards.map(({ name }) => name))}, or add it to the environment's dashboards`,
      ),
    ];
  }
  if (dashboard.sections.includes(panel.section)) return [];
  return [
    mistake(
      "unknown-section",
      path,
      panel.place,
      `the dashboard "${panel.on}" has no section "${panel.section}"`,
      `say section: one of ${list(dashboard.sections)}, or add it to dashboards/${panel.on}.ts`,
    ),
  ];
}

/** A limit in another unit can't be drawn, and a panel that doesn't show it explains the alert only half. */
function undrawnLimits(service: Service, panel: Panel, path: string): readonly Diagnostic[] {
  const unit = unitOf(panel);
  return alertsOn(service, panel)
    .filter((alert) => alert.when.unit !== unit && limitsOf([alert], alert.when.unit).length > 0)
    .map((alert) => ({
      ...mistake(
        "limit-not-drawn",
        path,
        panel.place,
        `${alert.id} is held against ${alert.when.unit}, but this panel shows ${unit}`,
        `show what the alert measures, or let ${alert.id} point at a panel that does`,
      ),
      severity: "warning",
    }));
}

function duplicates(service: Service): readonly Diagnostic[] {
  const panels = panelsOf(service);
  return panels.flatMap((panel) => {
    const first = panels.find(({ id }) => id === panel.id);
    if (!first || first === panel) return [];
    return [
      mistake(
        "duplicate-panel",
        `${service.name}/${panel.id}`,
        panel.place,
        `two panels have the id "${panel.id}", the first at ${first.place}`,
        "give one of them another id, or leave out the pack that is listed twice",
      ),
    ];
  });
}

/** Grafana's uids (https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/#identifier-id-vs-unique-identifier-uid). */
const uids = (services: readonly Service[], dashboards: readonly Dashboard[]): readonly Diagnostic[] =>
  services.flatMap((service) =>
    dashboards
      .map((dashboard) => ({ dashboard, uid: dashboardUid(service, dashboard) }))
      .filter(({ uid }) => !/^[a-zA-Z0-9_-]{1,40}$/.test(uid))
      .map(({ dashboard, uid }) =>
        mistake(
          "dashboard-uid",
          `${service.name}/${dashboard.name}`,
          dashboard.place,
          `Grafana refuses "${uid}" as a dashboard's uid`,
          "use names of letters, digits and dashes, with at most 39 characters for service and dashboard together",
        ),
      ),
  );

function hiddenObjectives(service: Service, dashboards: readonly Dashboard[]): readonly Diagnostic[] {
  const [first] = service.objectives;
  if (!first || dashboards.some(({ sections }) => sections.includes(objectivesSection))) return [];
  return [
    mistake(
      "unknown-section",
      `${service.name}/${first.id}`,
      first.place,
      `no dashboard has a section "${objectivesSection}", so the objectives of ${service.name} are not shown`,
      `add the section "${objectivesSection}" to one of ${list(dashboards.map(({ name }) => name))}`,
    ),
  ];
}

/** What can't be drawn, or would be drawn twice. */
export const mistakes = (
  { dashboards }: Pick<Environment, "dashboards">,
  services: readonly Service[],
): readonly Diagnostic[] => [
  ...services.flatMap((service) => [
    ...duplicates(service),
    ...hiddenObjectives(service, dashboards),
    ...panelsOf(service).flatMap((panel) => {
      const path = `${service.name}/${panel.id}`;
      return [...unplaced(dashboards, panel, path), ...undrawnLimits(service, panel, path)];
    }),
  ]),
  ...uids(services, dashboards),
];
