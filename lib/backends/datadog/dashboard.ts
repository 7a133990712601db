import type { Dashboard as DeclaredDashboard, Environment, Panel, Service } from "@watchbill/model";
import { dashboardUid, objectivesSection } from "../../conventions";
import { objectiveKey } from "./objective";
import { referenceTo } from "./reference";
import type { Refusal } from "./refusal";
import type { Dashboard } from "./resources";
import { panelWidget, type WidgetDefinition } from "./widget";

/** Columns of a dashboard, and of a group on it. */
const COLUMNS = 12;

interface Placed {
  readonly definition: WidgetDefinition;
  readonly layout: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const sizes: Readonly<Record<string, { readonly width: number; readonly height: number }>> = {
  query_value: { width: 3, height: 2 },
  slo: { width: 6, height: 4 },
  timeseries: { width: 6, height: 3 },
};

/** Widgets from left to right, row by row, each row as high as its highest. */
function flow(definitions: readonly WidgetDefinition[]): {
  readonly placed: readonly Placed[];
  readonly height: number;
} {
  const placed: Placed[] = [];
  let [x, y, row] = [0, 0, 0];
  for (const definition of definitions) {
    const { width, height } = sizes[definition.type] ?? { width: 6, height: 3 };
    if (x + width > COLUMNS) [x, y, row] = [0, y + row, 0];
    placed.push({ definition, layout: { x, y, width, height } });
    [x, row] = [x + width, Math.max(row, height)];
  }
  return { placed, height: y + row };
}

/** A section as a group; its title takes a row. */
function group(title: string, definitions: readonly WidgetDefinition[], y: number): Placed {
  const { placed, height } = flow(definitions);
  return {
    definition: { type: "group", layout_type: "ordered", title, widgets: placed },
    layout: { x: 0, y, width: COLUMNS, height: height + 1 },
  };
}

const objectiveWidgets = (service: Service): readonly WidgetDefinition[] =>
  service.objectives.map((objective) => ({
    type: "slo",
    title: objective.title,
    slo_id: referenceTo("objective", objectiveKey(service, objective)),
    view_type: "detail",
    view_mode: "overall",
    time_windows: [`${Math.round(objective.over.value / 86400)}d`],
    show_error_budget: true,
    global_time_target: "0",
  }));

/** What of a panel is not drawn; without a refusal, what is kept from Datadog and needn't be. */
export interface Undrawn {
  readonly panel: Panel;
  readonly refusal?: Refusal;
}

/** One service on one dashboard; nothing where the service has nothing to show. Everything that Datadog would add is there. */
export function serviceDashboard(
  environment: Environment,
  service: Service,
  declared: DeclaredDashboard,
): { readonly dashboard?: Dashboard; readonly undrawn: readonly Undrawn[] } {
  const undrawn: Undrawn[] = [];
  const panels = service.watch.flatMap((pack) => pack.panels).filter(({ on }) => on === declared.name);
  const drawn = (section: string) =>
    panels
      .filter((panel) => panel.section === section)
      .flatMap((panel) => {
        const { widget, refusals } = panelWidget(environment, service, panel);
        if (panel.except?.datadog !== undefined) {
          if (refusals.length === 0) undrawn.push({ panel });
          return [];
        }
        undrawn.push(...refusals.map((refusal) => ({ panel, refusal })));
        return widget ? [widget] : [];
      });
  const widgets: Placed[] = [];
  for (const section of declared.sections) {
    const definitions = [...(section === objectivesSection ? objectiveWidgets(service) : []), ...drawn(section)];
    const y = widgets.reduce((sum, { layout }) => sum + layout.height, 0);
    if (definitions.length > 0) widgets.push(group(section, definitions, y));
  }
  if (widgets.length === 0) return { undrawn };
  const json = {
    title: `${service.name}: ${declared.title} (${environment.name})`,
    description: declared.question,
    layout_type: "ordered",
    reflow_type: "fixed",
    notify_list: [],
    tags: [`team:${service.owner}`],
    template_variables: [],
    widgets,
  };
  return { dashboard: { key: dashboardUid(service, declared), json }, undrawn };
}
