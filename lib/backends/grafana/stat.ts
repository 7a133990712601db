import type { PanelContent } from "./graph";
import { chosenDataSource, type StatPanel } from "./json-model";
import { regions } from "./limits";

/** The value of now, large; colored where a limit tells good from bad. */
export const statPanel = ({
  id,
  title,
  description,
  links,
  targets,
  axis,
  limits,
  min,
  noValue = "no data",
}: PanelContent & { readonly noValue?: string }): StatPanel => ({
  type: "stat",
  id,
  title,
  description,
  links,
  datasource: chosenDataSource,
  targets,
  options: {
    colorMode: limits.length > 0 ? "value" : "none",
    graphMode: "none",
    justifyMode: "auto",
    orientation: "auto",
    percentChangeColorMode: "standard",
    reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
    showPercentChange: false,
    textMode: targets.length === 1 ? "value" : "value_and_name",
    wideLayout: true,
  },
  fieldConfig: {
    defaults: {
      unit: axis.unit,
      ...(min !== undefined && { min }),
      color: { mode: limits.length > 0 ? "thresholds" : "fixed", ...(limits.length === 0 && { fixedColor: "text" }) },
      thresholds: { mode: "absolute", steps: regions(limits) },
      noValue,
    },
    overrides: [],
  },
});
