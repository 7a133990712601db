import type { RankingPanel } from "./json-model";
import { regions } from "./limits";
import { type PanelContent, said } from "./panel-content";

/** So many that a panel holds them, with their names. */
const ranked = 10;

/** The largest series, in order: an instant query keeps it. */
export const largestFirst = (expr: string) => `sort_desc(topk(${ranked}, ${expr}))`;

/** The largest values of now as bars that lie below one another, the largest on top. */
export const rankingPanel = (content: PanelContent): RankingPanel => ({
  type: "bargauge",
  ...said(content),
  options: {
    displayMode: "basic",
    legend: { showLegend: false, displayMode: "list", placement: "bottom", calcs: [] },
    maxVizHeight: 300,
    minVizHeight: 16,
    minVizWidth: 8,
    namePlacement: "auto",
    orientation: "horizontal",
    reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
    showUnfilled: true,
    sizing: "auto",
    valueMode: "color",
  },
  fieldConfig: {
    defaults: {
      unit: content.axis.unit,
      ...(content.min !== undefined && { min: content.min }),
      color: { mode: content.limits.length > 0 ? "thresholds" : "palette-classic" },
      thresholds: { mode: "absolute", steps: regions(content.limits) },
    },
    overrides: [],
  },
});
