import { parseDuration } from "../simulator/duration";
import { goRegExp } from "../simulator/go-regexp";
import { type Node, parsePromql } from "./promql";

export interface Matcher {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** What a query reads: `name{label="value"}`, with or without a window. */
export interface Selector {
  /** The metric's name is a matcher of `__name__`. */
  readonly matchers: readonly Matcher[];
  /** Milliseconds that it looks back, subqueries and offsets around it included; 0 for an instant. */
  readonly reach: number;
  /** Where an `offset` of it would stand in the query; undefined if it has one, or an `@`. */
  readonly end: number | undefined;
}

/** All selectors of a query, in the order of its text. */
export function selectorsOf(query: string): Selector[] {
  const found: Selector[] = [];
  parsePromql(query).iterate({
    enter: ({ name, node }) => {
      if (name === "VectorSelector") found.push(selector(query, node));
    },
  });
  return found;
}

function selector(query: string, node: Node): Selector {
  const matchers: Matcher[] = [];
  const text = (of: Node) => query.slice(of.from, of.to);
  const metric = node.getChild("Identifier");
  if (metric) matchers.push({ label: "__name__", op: "=", value: text(metric) });
  for (const matcher of node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []) {
    const [label, op, value] = ["LabelName", "MatchOp", "StringLiteral"].map((kind) => matcher.getChild(kind));
    if (!label || !op || !value) continue;
    matchers.push({ label: text(label), op: text(op) as Matcher["op"], value: unquoted(text(value)) });
  }
  const matrix = node.parent?.name === "MatrixSelector" ? node.parent : node;
  let reach = 0;
  for (let around: Node | null = node.parent; around; around = around.parent) reach += lookBack(query, around);
  const bound = matrix.parent?.name === "OffsetExpr" || matrix.parent?.name === "StepInvariantExpr";
  return { matchers, reach, end: bound ? undefined : matrix.to };
}

/** How far a window, a subquery or an offset looks back, in milliseconds. */
function lookBack(query: string, { name, from, to }: Node): number {
  const text = query.slice(from, to);
  if (name === "MatrixSelector" || name === "SubqueryExpr") {
    const window = /\[\s*([0-9a-z]+)\s*(?::\s*[0-9a-z]*\s*)?\]$/.exec(text)?.[1];
    return window === undefined ? 0 : (parseDuration(window) ?? 0);
  }
  if (name === "OffsetExpr") return Math.max(0, parseDuration(/offset\s+([0-9a-z]+)$/.exec(text)?.[1] ?? "0s") ?? 0);
  return 0;
}

function unquoted(literal: string): string {
  if (literal.startsWith("`")) return literal.slice(1, -1);
  return literal.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return { n: "\n", t: "\t", r: "\r" }[code] ?? code;
  });
}

/** Whether a series of which only these labels are known could match; what is not known matches anything. */
export const couldMatch = ({ matchers }: Selector, known: Readonly<Record<string, string>>): boolean =>
  matchers.every(({ label, op, value }) => {
    const actual = known[label];
    if (actual === undefined) return true;
    if (op === "=") return actual === value;
    if (op === "!=") return actual !== value;
    return goRegExp(`^(?:${value})$`).test(actual) === (op === "=~");
  });
