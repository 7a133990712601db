import type { Matcher, Metric } from "@watchbill/model";

const known = new Map<string, RegExp>();

/** Whether a label's value is one that a matcher lets through; a regular expression has to fit all of it. */
export function matches({ operator, value }: Matcher, actual: string): boolean {
  if (operator === "=") return actual === value;
  if (operator === "!=") return actual !== value;
  const expression = known.get(value) ?? new RegExp(`^(?:${value})$`);
  known.set(value, expression);
  return expression.test(actual) === (operator === "=~");
}

/** Values that read like those of a real service, for labels that are bounded and not enumerated. */
const usual: Readonly<Record<string, readonly string[]>> = {
  status: ["200", "500", "404"],
  route: ["/", "/events/:id"],
  mountpoint: ["/", "/boot"],
  cpu: ["0", "1"],
};

/** A text that a simple regular expression fits: its first alternative, with a digit for each dot. */
const exampleOf = (expression: string) =>
  expression
    .split("|")[0]!
    .replace(/\\(.)/g, "$1")
    .replace(/^\(+|\)+$/g, "")
    .replace(/\.[*+]?/g, "0");

/**
 * Values of a label that tell a metric's matchers apart: the enumerated ones, or made-up ones on either side of each
 * matcher.
 */
export function valuesOf(metric: Metric, label: string, matchers: readonly Matcher[]): readonly string[] {
  const declared = metric.labels[label];
  if (declared !== undefined && !("atMost" in declared)) return declared;
  const meant = matchers.flatMap(({ operator, value }) => (operator.endsWith("~") ? [exampleOf(value)] : [value]));
  const others = usual[label] ?? [`${label}-a`, `${label}-b`];
  return [...new Set([...others, ...meant])];
}
