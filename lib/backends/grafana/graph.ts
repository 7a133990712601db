import type { GraphOptions, GraphPanel, Target } from "./json-model";
import { type Limit, lines } from "./limits";
import { type PanelContent, said } from "./panel-content";

/** Many lines need a table with the last and the largest value of each; one or two say that in a line. */
const options = (targets: readonly Target[]): GraphOptions => {
  const many = targets.length > 2 || targets.some(({ legendFormat }) => legendFormat?.includes("{{"));
  return {
    legend: {
      showLegend: true,
      displayMode: many ? "table" : "list",
      placement: "bottom",
      calcs: ["lastNotNull", "max"],
      ...(many && { sortBy: "Max", sortDesc: true }),
    },
    tooltip: { mode: "multi", sort: "desc" },
  };
};

/**
 * How far up an axis goes at least. Usage of something that can be full is seen against full; anything else against
 * its limit, which would be out of sight as long as all is well.
 */
function reach(limits: readonly Limit[], share: boolean): { readonly max?: number; readonly softMax?: number } {
  const highest = Math.max(0, ...limits.map(({ value }) => value));
  if (highest === 0) return {};
  return share && highest >= 0.5 && highest <= 1 ? { max: 1 } : { softMax: Number((highest * 1.25).toPrecision(6)) };
}

/** A graph over time. A gap in the data stays a gap: nothing was measured there. */
export function graphPanel(
  content: PanelContent & {
    /** Whether the values are shares of a whole. */
    readonly share: boolean;
    /** How far up the axis goes at least. Default: to what the limits ask for. */
    readonly upTo?: number;
  },
): GraphPanel {
  const { targets, axis, limits, min, share, upTo } = content;
  const { max, softMax } = upTo === undefined ? reach(limits, share) : { softMax: upTo };
  return {
    type: "timeseries",
    ...said(content),
    options: options(targets),
    fieldConfig: {
      defaults: {
        unit: axis.unit,
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
        color: { mode: "palette-classic" },
        thresholds: { mode: "absolute", steps: lines(limits) },
        custom: {
          drawStyle: "line",
          lineWidth: 1,
          fillOpacity: targets.length === 1 ? 10 : 0,
          showPoints: "auto",
          spanNulls: false,
          thresholdsStyle: { mode: limits.length > 0 ? "dashed" : "off" },
          axisLabel: axis.label ?? "",
          ...(softMax !== undefined && { axisSoftMax: softMax }),
        },
      },
      overrides: [],
    },
  };
}
