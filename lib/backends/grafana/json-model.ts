import type * as bargauge from "@grafana/grafana-foundation-sdk/bargauge";
import type * as common from "@grafana/grafana-foundation-sdk/common";
import type * as model from "@grafana/grafana-foundation-sdk/dashboard";
import type * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as statetimeline from "@grafana/grafana-foundation-sdk/statetimeline";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";

/*
 * Grafana's dashboard model, as plain objects that the compiler holds against the SDK's generated types. The SDK's
 * builders aren't loaded: they bring 225 modules and 100 ms, a third of what compiling every environment may take.
 */

/** A generated type as JSON: enums as their values, methods left out. */
type Json<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { -readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: Json<T[K]> }
      : T;

export type DashboardJson = Json<Omit<model.Dashboard, "panels">> & { panels: (PanelJson | RowJson)[] };
export type RowJson = Json<model.RowPanel>;
export type GridPosition = Json<model.GridPos>;
export type PanelLink = Json<model.DashboardLink>;
export type Variable = Json<model.VariableModel>;
export type Annotation = Json<model.AnnotationQuery>;
export type Target = Json<prometheus.Dataquery>;
export type ThresholdStep = Json<model.Threshold>;
export type FieldOptions = Json<Omit<model.FieldConfig, "custom">>;
export type GraphOptions = Json<timeseries.Options>;
type GraphStyle = Json<common.GraphFieldConfig>;
type StatOptions = Json<stat.Options>;
type RankingOptions = Json<bargauge.Options>;
type StatesOptions = Json<statetimeline.Options>;
type StatesStyle = Json<statetimeline.FieldConfig>;

interface PanelCommon extends Json<Omit<model.Panel, "type" | "targets" | "options" | "fieldConfig">> {
  id: number;
  title: string;
  description: string;
  links: PanelLink[];
  targets: Target[];
}
export interface GraphPanel extends PanelCommon {
  type: "timeseries";
  options: GraphOptions;
  fieldConfig: { defaults: FieldOptions & { custom: GraphStyle }; overrides: [] };
}
export interface StatPanel extends PanelCommon {
  type: "stat";
  options: StatOptions;
  fieldConfig: { defaults: FieldOptions; overrides: [] };
}
export interface RankingPanel extends PanelCommon {
  type: "bargauge";
  options: RankingOptions;
  fieldConfig: { defaults: FieldOptions; overrides: [] };
}
export interface StatesPanel extends PanelCommon {
  type: "state-timeline";
  options: StatesOptions;
  fieldConfig: { defaults: FieldOptions & { custom: StatesStyle }; overrides: [] };
}
export type PanelJson = GraphPanel | StatPanel | RankingPanel | StatesPanel;

/** The data source that whoever looks has chosen. */
export const chosenDataSource = { type: "prometheus", uid: "$datasource" };
