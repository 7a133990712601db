import type { Node } from "@watchbill/model";

/** How Grafana writes values of a unit, and what it calls an axis that its own units have no name for. */
export interface AxisUnit {
  readonly unit: string;
  readonly label?: string;
}

const known: Readonly<Record<string, AxisUnit>> = {
  ratio: { unit: "percentunit" },
  seconds: { unit: "s" },
  bytes: { unit: "bytes" },
  "bytes/second": { unit: "binBps" },
  "requests/second": { unit: "reqps" },
  dollars: { unit: "currencyUSD" },
  "dollars/orders": { unit: "currencyUSD", label: "an order" },
  // Seconds of work a second: so many that work all the time.
  "seconds/second": { unit: "short" },
  none: { unit: "short" },
};

/**
 * One of Grafana's own units (https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/):
 * a custom suffix is refused by its linter, so what is counted becomes the axis' label.
 */
export const axisUnit = (unit: string): AxisUnit =>
  known[unit] ?? { unit: "short", label: unit.replace(/\/second$/, "/s") };

/** Whether a tree can't be negative: all of our metrics are counts, sizes, times and shares. */
export function neverNegative(node: Node): boolean {
  if (node.op === "forecast" || node.op === "remaining") return false;
  if (node.op !== "arithmetic") return true;
  // A complement, 1 minus a share, stays above zero; any other difference can be anything.
  if (node.operator === "-" && !(node.left.op === "constant" && node.left.value === 1)) return false;
  return neverNegative(node.left) && neverNegative(node.right);
}
