import { type LabelNames, type Labels, type Selectable, type Selection, select } from "./metric";
import { type Duration, minutes, type Quantity } from "./quantity";

/**
 * What is computed from metrics, as a tree that each backend prints in its own language. The unit is part of the type.
 * Series are always summed (or folded) over targets, by the labels that are asked for: the forms that are wrong when
 * written by hand (a quantile without `rate`, an average of percentiles, a rate of a sum) can't be expressed.
 */
export interface Expression<U extends string = string> {
  readonly unit: U;
  readonly node: Node;
}

export type Fold = "sum" | "max" | "min" | "avg";

export type Node =
  | {
      readonly op: "rate" | "increase";
      readonly of: Selection;
      readonly over: Duration;
      readonly by: readonly string[];
    }
  | {
      readonly op: "quantile";
      readonly q: number;
      readonly of: Selection;
      readonly over: Duration;
      readonly by: readonly string[];
    }
  | { readonly op: "mean"; readonly of: Selection; readonly over: Duration; readonly by: readonly string[] }
  | {
      readonly op: "within";
      readonly bound: Quantity<string>;
      readonly of: Selection;
      readonly over: Duration;
      readonly by: readonly string[];
    }
  | { readonly op: "fold"; readonly fold: Fold; readonly of: Selection; readonly by: readonly string[] }
  | {
      readonly op: "forecast";
      readonly of: Selection;
      readonly from: Duration;
      readonly ahead: Duration;
      /** Only of what is below a share of something else. */
      readonly onlyBelow?: { readonly share: number; readonly of: Selection };
      readonly by: readonly string[];
    }
  | { readonly op: "remaining"; readonly of: Selection; readonly by: readonly string[] }
  | { readonly op: "skew"; readonly of: Selection; readonly by: readonly string[] }
  | { readonly op: "arithmetic"; readonly operator: "+" | "-" | "*" | "/"; readonly left: Node; readonly right: Node }
  | { readonly op: "constant"; readonly value: number };

/** Default window of a rate: four scrapes of 15 s. Short on purpose: a short window held long is sooner and quieter. */
export const defaultWindow: Duration = minutes(1);

interface Windowed<L extends Labels> {
  /** Window that is looked back over. Default: 1 m. */
  readonly over?: Duration;
  /** Labels to keep apart, besides the target's job. `instance` is a label of every metric. Default: none. */
  readonly by?: readonly (LabelNames<L> | "instance")[];
}
type Kept<L extends Labels> = Pick<Windowed<L>, "by">;

/** How many a second, averaged over the window. */
export const rate = <U extends string, L extends Labels>(
  of: Selectable<"counter", U, L>,
  { over = defaultWindow, by = [] }: Windowed<L> = {},
): Expression<`${U}/second`> => ({
  unit: `${select(of).metric.unit}/second`,
  node: { op: "rate", of: erase(select(of)), over, by },
});

/** How many within the window. A counter that nothing has happened to reads zero, not nothing. */
export const increase = <U extends string, L extends Labels>(
  of: Selectable<"counter", U, L>,
  { over = defaultWindow, by = [] }: Windowed<L> = {},
): Expression<U> => ({
  unit: select(of).metric.unit,
  node: { op: "increase", of: erase(select(of)), over, by },
});

/** How many a second, averaged over a window that everybody means: counted within it, where `rate` takes what a graph has. */
export const averageRate = <U extends string, L extends Labels>(
  of: Selectable<"counter", U, L>,
  windowed: Windowed<L> & { readonly over: Duration },
): Expression<`${U}/second`> => ({
  unit: `${select(of).metric.unit}/second`,
  node: arithmetic(increase(of, windowed).node, "/", { op: "constant", value: windowed.over.value }),
});

/** The value that a share `q` (0 to 1) of the observations stays below, estimated from the buckets of all targets. */
export const quantile = <U extends string, L extends Labels>(
  q: number,
  of: Selectable<"histogram", U, L>,
  { over = defaultWindow, by = [] }: Windowed<L> = {},
): Expression<U> => ({
  unit: select(of).metric.unit,
  node: { op: "quantile", q, of: erase(select(of)), over, by },
});

/** The average observation, weighted by how many there were. */
export const mean = <U extends string, L extends Labels>(
  of: Selectable<"histogram", U, L>,
  { over = defaultWindow, by = [] }: Windowed<L> = {},
): Expression<U> => ({ unit: select(of).metric.unit, node: { op: "mean", of: erase(select(of)), over, by } });

/** The share of observations that were at most `bound`, which must be one of the histogram's buckets. */
export const within = <U extends string, L extends Labels>(
  of: Selectable<"histogram", U, L>,
  bound: Quantity<NoInfer<U>>,
  { over = defaultWindow, by = [] }: Windowed<L> = {},
): Expression<"ratio"> => ({ unit: "ratio", node: { op: "within", of: erase(select(of)), bound, over, by } });

/** Gauges over all targets, folded into one value (or one by label). */
const folding =
  (fold: Fold) =>
  <U extends string, L extends Labels>(of: Selectable<"gauge", U, L>, { by = [] }: Kept<L> = {}): Expression<U> => ({
    unit: select(of).metric.unit,
    node: { op: "fold", fold, of: erase(select(of)), by },
  });
export const sum = folding("sum");
export const largest = folding("max");
export const smallest = folding("min");
export const average = folding("avg");

/** At how many moments of its window a forecast looks: all of six hours' samples are 1,440, and tell no more. */
export const forecastMoments = 72;

/**
 * Where a gauge will stand `ahead` from now if it goes on as it did over the last `from` (least squares, 72 moments). Of
 * what is not known for half of that, nothing is said: the first minutes of a machine are like no other. With `onlyBelow`,
 * only of what has fallen below a share of a whole, which has the same labels: of a disk that is half empty, a burst is no
 * trend.
 */
export const forecast = <U extends string, L extends Labels>(
  of: Selectable<"gauge", U, L>,
  {
    from,
    ahead,
    onlyBelow,
    by = [],
  }: {
    readonly from: Duration;
    readonly ahead: Duration;
    readonly onlyBelow?: { readonly share: Quantity<"ratio">; readonly of: Selectable<"gauge", NoInfer<U>, L> };
  } & Kept<L>,
): Expression<U> => ({
  unit: select(of).metric.unit,
  node: {
    op: "forecast",
    of: erase(select(of)),
    from,
    ahead,
    by,
    ...(onlyBelow && { onlyBelow: { share: onlyBelow.share.value, of: erase(select(onlyBelow.of)) } }),
  },
});

/** How far a machine's clock, exposed as a gauge of Unix time, is from the clock of who scrapes it; the worst one. */
export const skew = <L extends Labels>(
  of: Selectable<"gauge", "seconds", L>,
  { by = [] }: Kept<L> = {},
): Expression<"seconds"> => ({ unit: "seconds", node: { op: "skew", of: erase(select(of)), by } });

/** How long it is until a moment that is exposed as a gauge of Unix time; the nearest one. Below 0 it is past. */
export const timeLeft = <L extends Labels>(
  of: Selectable<"gauge", "seconds", L>,
  { by = [] }: Kept<L> = {},
): Expression<"seconds"> => ({ unit: "seconds", node: { op: "remaining", of: erase(select(of)), by } });

const arithmetic = (left: Node, operator: "+" | "-" | "*" | "/", right: Node): Node => ({
  op: "arithmetic",
  operator,
  left,
  right,
});

/** A part of a whole, both in one unit. */
export const ratio = <U extends string>(part: Expression<U>, whole: Expression<NoInfer<U>>): Expression<"ratio"> => ({
  unit: "ratio",
  node: arithmetic(part.node, "/", whole.node),
});

/** How much of one thing comes with each of another: `"dollars/orders"`. */
export const quotient = <U extends string, V extends string>(
  of: Expression<U>,
  per: Expression<V>,
): Expression<`${U}/${V}`> => ({ unit: `${of.unit}/${per.unit}`, node: arithmetic(of.node, "/", per.node) });

/** What remains of the whole: 1 minus a ratio. */
export const complement = (of: Expression<"ratio">): Expression<"ratio"> => ({
  unit: "ratio",
  node: arithmetic({ op: "constant", value: 1 }, "-", of.node),
});

export const plus = <U extends string>(left: Expression<U>, right: Expression<NoInfer<U>>): Expression<U> => ({
  unit: left.unit,
  node: arithmetic(left.node, "+", right.node),
});

export const minus = <U extends string>(left: Expression<U>, right: Expression<NoInfer<U>>): Expression<U> => ({
  unit: left.unit,
  node: arithmetic(left.node, "-", right.node),
});

/** Every selection that a tree reads. */
export function selectionsOf(node: Node): readonly Selection[] {
  if (node.op === "constant") return [];
  if (node.op === "arithmetic") return [...selectionsOf(node.left), ...selectionsOf(node.right)];
  return node.op === "forecast" && node.onlyBelow ? [node.of, node.onlyBelow.of] : [node.of];
}

/** Labels that a tree keeps apart, besides the job: what two sides of an operator both keep. */
export function labelsKept(node: Node): readonly string[] {
  if (node.op === "constant") return [];
  if (node.op !== "arithmetic") return node.by;
  const sides = [node.left, node.right].filter(({ op }) => op !== "constant").map(labelsKept);
  return (sides[0] ?? []).filter((label) => sides.every((side) => side.includes(label)));
}

/** The same tree with each window passed through `change`. */
export function mapWindows(node: Node, change: (window: Duration) => Duration): Node {
  switch (node.op) {
    case "constant":
    case "fold":
    case "skew":
    case "remaining":
      return node;
    case "forecast":
      return { ...node, from: change(node.from), ahead: change(node.ahead) };
    case "arithmetic":
      return { ...node, left: mapWindows(node.left, change), right: mapWindows(node.right, change) };
    default:
      return { ...node, over: change(node.over) };
  }
}

/** Backends read trees without knowing their metrics' types. */
const erase = (selection: unknown) => selection as Selection;
