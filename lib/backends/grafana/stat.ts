import type { FieldOptions, StatPanel } from "./json-model";
import { regions } from "./limits";
import { type PanelContent, said } from "./panel-content";

/** The value of now, large; colored where a limit tells good from bad. */
export const statPanel = ({
  mappings,
  ...content
}: PanelContent & { readonly mappings?: FieldOptions["mappings"] }): StatPanel => {
  const { axis, limits, min, targets } = content;
  return {
    type: "stat",
    ...said(content),
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
        ...(mappings && { mappings }),
        noValue: "no data",
      },
      overrides: [],
    },
  };
};
