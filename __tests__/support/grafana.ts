import { dashboard, type Environment, type Pack, type Panel, pack, panel, type Service } from "@watchbill/model";
import { grafana } from "../../lib/backends/grafana";
import type { PanelJson, RowJson } from "../../lib/backends/grafana/json-model";
import { environmentWith, shopWith } from "./declarations";

export const overview = dashboard("overview", {
  title: "Overview",
  question: "Is the shop well?",
  sections: ["Traffic", "Objectives", "Errors"],
});

/** A panel of the overview, in its section on errors. */
export const panelOf = (series: Panel["series"], changes: Partial<Panel> = {}): Panel => ({
  ...panel("picture", {
    title: "A picture",
    description: "What it shows.",
    on: "overview",
    section: "Errors",
    series: series as never,
  }),
  ...changes,
});

/** The shop with these panels, and with the alerts that point at them. */
export const shopShowing = (
  panels: readonly Panel[],
  alerts: Pack["alerts"] = [],
  changes: Partial<Service> = {},
): Service => shopWith([], { watch: [pack("pictures", { alerts, panels }) as Pack], ...changes });

export function compiled(services: readonly Service[], changes: Partial<Environment> = {}) {
  const environment = environmentWith(services, { dashboards: [overview], ...changes });
  return grafana({ environment, services });
}

const isPanel = (one: PanelJson | RowJson): one is PanelJson => one.type !== "row";

/** The panels of the first dashboard, without its rows. */
export const panelsOf = (services: readonly Service[], changes: Partial<Environment> = {}): readonly PanelJson[] =>
  compiled(services, changes).data.dashboards.flatMap(({ json }) => json.panels.filter(isPanel));

/** The only panel there is. */
export function onlyPanel(services: readonly Service[], changes: Partial<Environment> = {}): PanelJson {
  const [first, ...others] = panelsOf(services, changes);
  if (!first || others.length > 0) throw new Error(`expected one panel, got ${others.length + (first ? 1 : 0)}`);
  return first;
}
