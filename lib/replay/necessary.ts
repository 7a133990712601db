import { type Node, parsePromql } from "./promql";

/**
 * A cheaper query that has a result whenever the given one has: of `a and b` and `a unless b` it is `a`. Most alerts have
 * no result most of the time, and half of what they ask needs no answer then.
 */
export function necessary(query: string): string {
  const text = (node: Node): string => {
    const [first, last] = [node.firstChild, node.lastChild];
    if (first && (node.name === "PromQL" || node.name === "ParenExpr")) return text(first);
    if (node.name !== "BinaryExpr" || !first || !last) return query.slice(node.from, node.to);
    if (node.getChild("And") || node.getChild("Unless")) return text(first);
    if (node.getChild("Or")) return `(${text(first)}) or (${text(last)})`;
    return query.slice(node.from, node.to);
  };
  return text(parsePromql(query).topNode);
}
