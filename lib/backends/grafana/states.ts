import type { StatesPanel } from "./json-model";
import { colors } from "./limits";
import { type PanelContent, said } from "./panel-content";

const state = (text: string, color: string, index: number) => ({ text, color, index });

/** What is 1 while all is well and 0 while it isn't, as a band each that changes its color: nothing of it has a scale. */
export const statesPanel = (content: PanelContent): StatesPanel => ({
  type: "state-timeline",
  ...said(content),
  options: {
    alignValue: "left",
    legend: { showLegend: false, displayMode: "list", placement: "bottom", calcs: [] },
    mergeValues: true,
    rowHeight: 0.8,
    showValue: "auto",
    tooltip: { mode: "single", sort: "none" },
  },
  fieldConfig: {
    defaults: {
      unit: content.axis.unit,
      color: { mode: "thresholds" },
      mappings: [
        { type: "value", options: { "0": state("no", colors.critical, 0), "1": state("yes", colors.good, 1) } },
      ],
      thresholds: {
        mode: "absolute",
        steps: [
          { value: null, color: colors.critical },
          { value: 1, color: colors.good },
        ],
      },
      custom: { fillOpacity: 70, lineWidth: 0, spanNulls: false },
    },
    overrides: [],
  },
});
