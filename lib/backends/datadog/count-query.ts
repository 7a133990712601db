import type { Duration, Node } from "@watchbill/model";
import { call } from "./formula";
import { metricName } from "./names";
import { type Leaf, per, plainQuery, type Scope, type Translated, times } from "./plain-query";
import { accepted } from "./refusal";

/**
 * How counts are read:
 * - `total`: as counts, for a monitor that sums them over its own window before it calculates with them;
 * - `held`: as rates in points of one minute, for a monitor that wants each of several minutes to be bad;
 * - `trailing`: as counts of the whole window at each of those points;
 * - `graph`: as a widget draws them, in points of a minute, or longer ones where its time range asks for them. A rate
 *   means the same in points of any length, so counts are averages of rates: "a minute" is one in a month's graph, too.
 */
export type Style = "total" | "held" | "trailing" | "graph";

/** Seconds of one point. Finer ones hold too few events to say anything about a share. */
export const POINT = 60;

export type Counting = Extract<Node, { op: "rate" | "increase" }>;

/**
 * Without a roll-up `as_rate` leaves the finest points undivided (https://docs.datadoghq.com/metrics/type_modifiers/), and
 * an hour is drawn in points of 20 s, of which each third has two of the Agent's readings. Where a time range wants longer
 * points, these are summed and divided by their own length
 * (https://docs.datadoghq.com/dashboards/functions/rollup/#rollup-interval-enforced-vs-custom).
 */
const ratePoints = `.as_rate().rollup(sum, ${POINT})`;

/** How often something happened, a second or within the window. */
export function countQuery(node: Counting, scope: Scope, style: Style): Translated {
  const [name, window] = [metricName(scope.service, node.of.metric), node.over.value];
  const sum = (modifiers: string) => plainQuery("sum", name, node, scope, modifiers);
  const trailing = (of: Translated) => (accepted(of) ? call("moving_rollup", of, String(window), "'sum'") : of);
  // A minute without a sample is one in which nothing happened, not one that is left out of the average.
  const average = (of: Translated) =>
    accepted(of) && window > POINT ? call("moving_rollup", call("default_zero", of), String(window), "'avg'") : of;
  const isRate = node.op === "rate";
  switch (style) {
    case "total":
      return isRate ? per(sum(".as_count()"), window) : sum(".as_count()");
    case "held":
      return isRate ? sum(ratePoints) : times(sum(ratePoints), window);
    case "trailing":
      return times(trailing(sum(ratePoints)), isRate ? POINT / window : POINT);
    case "graph":
      return times(average(sum(ratePoints)), isRate ? 1 : window);
  }
}

/**
 * Values of a distribution that were at most the bound, and all of them
 * (https://docs.datadoghq.com/metrics/distributions/#threshold-queries).
 */
export function withinQueries(leaf: Extract<Leaf, { op: "within" }>, scope: Scope, modifiers = ".as_count()") {
  const name = metricName(scope.service, leaf.of.metric);
  const count = (test: string) => plainQuery(`count(v: ${test})`, name, leaf, scope, modifiers);
  return { good: count(`v<=${leaf.bound.value}`), all: count("v>=0") };
}

const isCounting = (node: Node): node is Counting => node.op === "rate" || node.op === "increase";

/** The window that all counts of a sum share; nothing when something else is in it. */
function countingWindow(node: Node): Duration | undefined {
  if (isCounting(node)) return node.of.metric.source === "node" ? undefined : node.over;
  if (node.op !== "arithmetic" || node.operator === "*" || node.operator === "/") return undefined;
  const [left, right] = [countingWindow(node.left), countingWindow(node.right)];
  return left?.value === right?.value ? left : undefined;
}

const readAs = (node: Node, op: Counting["op"]): Node => {
  if (isCounting(node)) return { ...node, op };
  return node.op === "arithmetic" ? { ...node, left: readAs(node.left, op), right: readAs(node.right, op) } : node;
};

/** In a share of counts the windows' lengths cancel out, so both sides are read in the shortest form. */
export function cancelWindows(node: Extract<Node, { op: "arithmetic" }>, style: Style) {
  const [part, whole] = [countingWindow(node.left), countingWindow(node.right)];
  if (node.operator !== "/" || !part || part.value !== whole?.value) return node;
  const op = style === "held" || style === "graph" ? "rate" : "increase";
  return { ...node, left: readAs(node.left, op), right: readAs(node.right, op) };
}
