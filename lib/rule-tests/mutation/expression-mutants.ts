import { formatDuration } from "../../lapse";

// Its types describe an ES module, though it can be required.
type Grammar = typeof import("@prometheus-io/lezer-promql", { with: { "resolution-mode": "import" }});
const { parser }: Grammar = require("@prometheus-io/lezer-promql");
type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** One change of an expression, as somebody might have mistyped it. */
export interface ExpressionMutant {
  readonly what: "threshold" | "comparison" | "window" | "matcher" | "aggregation" | "gate" | "function" | "operator";
  /** `> 0.05 to > 0.055`. */
  readonly words: string;
  /** The expression around it, shortened: `sum by (job) (rate(…`. */
  readonly within: string;
  /** Where it is. */
  readonly at: number;
  readonly expr: string;
}

interface Edit {
  readonly what: ExpressionMutant["what"];
  readonly words: string;
  readonly within: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const comparisons: Readonly<Record<string, readonly string[]>> = {
  ">": ["<", ">="],
  ">=": ["<", ">"],
  "<": [">", "<="],
  "<=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
};
const operators: Readonly<Record<string, string>> = { "+": "-", "-": "+", "*": "/", "/": "*" };
const folds: Readonly<Record<string, string>> = { sum: "max", max: "min", min: "max", avg: "sum" };
const functions: Readonly<Record<string, string>> = {
  rate: "increase",
  increase: "rate",
  min_over_time: "max_over_time",
};

const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const secondsOf = (duration: string) =>
  [...duration.matchAll(/(\d+)(ms|[smhdw])/g)].reduce(
    (total, [, many, unit]) => total + Number(many) * units[unit!]!,
    0,
  );

const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

/** Every way in which one thing of an expression can be otherwise. */
export function expressionMutants(expr: string): readonly ExpressionMutant[] {
  const edits: Edit[] = [];
  const textOf = ({ from, to }: { from: number; to: number }) => expr.slice(from, to);
  const change = (
    node: SyntaxNode,
    what: Edit["what"],
    { from, to }: { from: number; to: number },
    text: string,
    words?: string,
  ) => {
    edits.push({
      what,
      from,
      to,
      text,
      words: words ?? `${expr.slice(from, to)} to ${text}`,
      within: surroundings(node),
    });
  };

  /** The function or aggregation around a node, or all. */
  const surroundings = (node: SyntaxNode): string => {
    let around = node;
    while (around.parent && !["FunctionCall", "AggregateExpr"].includes(around.name)) around = around.parent;
    while (around.parent && ["FunctionCall", "AggregateExpr", "FunctionCallBody"].includes(around.parent.name))
      around = around.parent;
    return textOf(around);
  };

  const binary = (node: SyntaxNode) => {
    const [left, operator] = childrenOf(node);
    const right = node.lastChild!;
    if (!left || !operator) return;
    const sign = textOf(operator);
    for (const other of comparisons[sign] ?? []) change(node, "comparison", operator, other, `${sign} to ${other}`);
    if (sign in comparisons && right.name === "NumberDurationLiteral") {
      const value = Number(textOf(right));
      const others =
        value === 0 ? (expr.includes("predict_linear") ? [5e9, -5e9] : [0.5, -0.5]) : [value * 1.1, value * 0.9];
      for (const other of others)
        change(
          node,
          "threshold",
          right,
          `${Number(other.toPrecision(12))}`,
          `${sign} ${value} to ${sign} ${Number(other.toPrecision(12))}`,
        );
    }
    if (sign in operators) change(node, "operator", operator, operators[sign]!, `${sign} to ${operators[sign]}`);
    if (sign === "and")
      change(node, "gate", { from: left.to, to: right.to }, "", `without ${expr.slice(left.to, right.to).trim()}`);
    if (sign === "or")
      change(node, "gate", { from: left.to, to: right.to }, "", `without ${expr.slice(left.to, right.to).trim()}`);
  };

  const matchers = (node: SyntaxNode) => {
    const all = childrenOf(node);
    all.forEach((matcher, index) => {
      const [label, , value] = childrenOf(matcher);
      if (!label || !value || textOf(label) === "job") return;
      const [before, after] = [all[index - 1], all[index + 1]];
      const whole = before
        ? { from: before.to, to: matcher.to }
        : { from: matcher.from, to: after ? after.from : matcher.to };
      change(node, "matcher", whole, "", `without ${textOf(matcher)}`);
      change(node, "matcher", value, '"somethingelse"', `${textOf(matcher)} to something else`);
    });
  };

  const aggregation = (node: SyntaxNode) => {
    const body = childrenOf(node).find(({ name }) => name === "FunctionCallBody");
    const fold = node.firstChild!;
    if (body) change(node, "aggregation", node, textOf(body), `without ${expr.slice(node.from, body.from).trim()}`);
    const other = folds[textOf(fold)];
    if (other) change(node, "aggregation", fold, other);
  };

  parser.parse(expr).iterate({
    enter: ({ node }) => {
      if (node.name === "BinaryExpr") binary(node);
      if (node.name === "LabelMatchers") matchers(node);
      if (node.name === "AggregateExpr") aggregation(node);
      if (node.name === "FunctionIdentifier") {
        const other = functions[textOf(node)];
        if (other) change(node, "function", node, other);
      }
      if (node.name === "MatrixSelector" || node.name === "SubqueryExpr") {
        const duration = node.name === "SubqueryExpr" ? node.firstChild!.nextSibling! : node.lastChild!;
        for (const times of [2, 0.5])
          change(
            node,
            "window",
            duration,
            formatDuration({ value: secondsOf(textOf(duration)) * times, unit: "seconds" }),
          );
      }
    },
  });
  const mutants = edits.map(({ what, words, within, from, to, text }) => ({
    what,
    words,
    within,
    at: from,
    expr: `${expr.slice(0, from)}${text}${expr.slice(to)}`,
  }));
  const jobless = expr.replace(/job="[^"]*",?/g, "");
  if (jobless !== expr) mutants.push({ what: "matcher", words: "without any job", within: expr, at: 0, expr: jobless });
  return mutants;
}
