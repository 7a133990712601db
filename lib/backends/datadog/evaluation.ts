import type { Node, Quantity, Test } from "@watchbill/model";
import { formatDuration } from "../../lapse";
import { POINT, type Style } from "./count-query";
import { combine, constant, type Formula, formatNumber, printFormula } from "./formula";
import { type Leaf, type Scope, tagOf } from "./plain-query";
import { translate } from "./query";
import { accepted, Refusal } from "./refusal";
import { isExporterState } from "./state";

export type Comparison = Extract<Test, { op: "compare" }>;

/** A condition as a monitor evaluates it. */
export interface Evaluation {
  readonly query: string;
  /** The number that the query compares with: a share is in percent, as people read it. */
  readonly critical: number;
  /** Seconds; a minute that is still going on would be judged by a part of it. */
  readonly evaluationDelay?: number;
  /** Tags that the monitor alerts on one by one. */
  readonly groups: readonly string[];
  readonly onMissingData: "default" | "resolve" | "show_and_notify_no_data";
  /** Minutes without data after which somebody is told that nobody knows; in place of `onMissingData`. */
  readonly unheardAfter?: number;
  /** A sentence: what Datadog does otherwise than Prometheus, where whoever is called should know. */
  readonly unlike?: string;
}

/** How a monitor's window is looked at: each point of it, any of it, or all of it as one. */
interface Look {
  readonly style: Style;
  readonly window: number;
  readonly by: "each" | "any" | "sum" | "percentile";
}

const leavesOf = (node: Node): readonly Leaf[] => {
  if (node.op === "constant") return [];
  return node.op === "arithmetic" ? [...leavesOf(node.left), ...leavesOf(node.right)] : [node];
};

const isGauge = (leaf: Leaf) => leaf.op === "fold" || leaf.of.metric.source === "node";
const isCount = (leaf: Leaf) =>
  !isGauge(leaf) && (leaf.op === "rate" || leaf.op === "increase" || leaf.op === "within");
const windowOf = (leaf: Leaf) => ("over" in leaf && !isGauge(leaf) ? leaf.over.value : undefined);
const time = (value: number) => formatDuration({ value, unit: "seconds" });

/**
 * A metric monitor has no "for": it looks at one window. What Prometheus means by a window of the query and a hold of
 * the alert is said as follows.
 * - Held longer than a window of at most a minute: each of the points of a minute must be bad, `min(last_5m):` for
 *   "above". The points are roll-ups, so the evaluation waits until the last one is complete
 *   (https://docs.datadoghq.com/dashboards/functions/rollup/#rollups-in-monitors).
 * - Held no longer than its window: the hold is left out. What a window has seen stays in it for its whole length, so
 *   such a hold delays and does not quieten. Counts are summed over the window before they are divided:
 *   `sum(last_15m):` with `as_count` (https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/), and
 *   percentiles are taken of all of its values: `percentile(last_5m):`.
 * - Counts beside gauges can't be summed like that, since the gauge would be summed too. They are counted backwards from
 *   each point instead, and any point within the window is looked at: right at the first bad moment, and over at the
 *   latest one window after the last.
 */
function lookAt(left: Node, held: number): Look | Refusal {
  const leaves = leavesOf(left);
  if (leaves.some(({ of }) => of.metric.name === "probe_success")) {
    return new Refusal(
      "the results of checks in a condition other than that one fails",
      'hold one check against it: below(largest(success.where({ check: "…" })), count(1, "checks"))',
    );
  }
  const windows = [...new Set(leaves.flatMap((leaf) => windowOf(leaf) ?? []))];
  const [window = 0] = windows;
  if (windows.length > 1) {
    return new Refusal(`windows of ${windows.map(time).join(" and ")} in one formula`, "give them one length");
  }
  if (window === 0) return { style: "graph", window: Math.max(held, POINT), by: held > 0 ? "each" : "any" };
  if (held > window && window <= POINT) return { style: "held", window: held, by: "each" };
  if (held > window) {
    return new Refusal(
      `a window of ${time(window)} that is held for ${time(held)}`,
      `take a window of 1m held for longer, or one of ${time(held)} held for nothing`,
    );
  }
  if (leaves.every(isCount)) return { style: "total", window, by: "sum" };
  if (left.op === "quantile") return { style: "graph", window, by: "percentile" };
  if (window <= POINT) return { style: "held", window, by: "any" };
  if (leaves.every((leaf) => isGauge(leaf) || leaf.op === "increase" || leaf.op === "rate")) {
    return { style: "trailing", window, by: "any" };
  }
  return new Refusal(
    `${left.op === "mean" ? "an average" : "this formula"} over ${time(window)}`,
    "take a window of 1m",
  );
}

const aggregators = {
  each: { above: "min", below: "max" },
  any: { above: "max", below: "min" },
  sum: { above: "sum", below: "sum" },
  percentile: { above: "percentile", below: "percentile" },
} as const;

/** Seconds as a monitor's window: `last_5m`, `last_1h`; whole minutes. */
export function lastWindow(value: number): string {
  const minutes = Math.max(1, Math.ceil(value / 60));
  if (minutes % 1440 === 0) return `last_${minutes / 1440}d`;
  return minutes % 60 === 0 ? `last_${minutes / 60}h` : `last_${minutes}m`;
}

/** An Agent that restarts is away for a minute or two; Datadog wants twice the window at least. */
const unheardAfter = (window: number) => Math.max(5, 2 * Math.ceil(window / 60));

/** Nothing is not little: only a count that doesn't exist yet reads zero, as it does in Prometheus. */
function onMissingData(left: Node, look: Look, side: "above" | "below"): Evaluation["onMissingData"] {
  const isLoneCount = left.op === "rate" || left.op === "increase";
  if (side === "above" || !isLoneCount) return "resolve";
  return look.by === "sum" ? "default" : "show_and_notify_no_data";
}

export const groupsOf = (left: Node): readonly string[] => [
  ...new Set(leavesOf(left).flatMap(({ of, by }) => by.flatMap((label) => tagOf(of)(label) ?? []))),
];

/** `100 * a / b` rather than `100 * (a / b)`, and one factor rather than two. */
function scaled(formula: Formula, factor: number): Formula {
  if (formula.kind !== "arithmetic") return combine(constant(factor), "*", formula);
  const { operator, left, right } = formula;
  if (operator === "*" && right.kind === "constant") return combine(left, "*", constant(right.value * factor));
  return operator === "/" ? combine(scaled(left, factor), "/", right) : combine(constant(factor), "*", formula);
}

/** A formula and the limit that it is held against; shares in percent. */
export function against(formula: Formula, { value, unit }: Quantity<string>) {
  const factor = unit === "ratio" ? 100 : 1;
  const critical = Number((value * factor).toPrecision(12));
  return { text: printFormula(scaled(formula, factor)), limit: formatNumber(critical), critical };
}

/** A comparison that must hold for some seconds. */
export function evaluate(compared: Comparison, held: number, scope: Scope): Evaluation | Refusal {
  const { left, comparison, threshold } = compared;
  const look = lookAt(left, held);
  if (!accepted(look)) return look;
  if ((comparison === "==" || comparison === "!=") && look.by !== "sum") {
    return new Refusal(
      `that a value is ${comparison} ${threshold.value} at each moment`,
      "use above, below or atLeast",
    );
  }
  const formula = translate(left, scope, look.style);
  if (!accepted(formula)) return formula;
  const { text, limit, critical } = against(formula, threshold);
  const side = comparison.startsWith("<") ? "below" : "above";
  return {
    query: `${aggregators[look.by][side]}(${lastWindow(look.window)}):${text} ${comparison} ${limit}`,
    critical,
    ...((look.style === "held" || look.style === "trailing") && { evaluationDelay: POINT }),
    groups: groupsOf(left),
    onMissingData: onMissingData(left, look, side),
    ...(isExporterState(compared) && { unheardAfter: unheardAfter(look.window) }),
  };
}
