/** Arithmetic over plain metric queries, which monitors write out in one line and widgets by name. */
export type Formula =
  | { readonly kind: "query"; readonly text: string }
  | { readonly kind: "call"; readonly name: string; readonly of: Formula; readonly rest: readonly string[] }
  | { readonly kind: "arithmetic"; readonly operator: Operator; readonly left: Formula; readonly right: Formula }
  | { readonly kind: "constant"; readonly value: number };

export type Operator = "+" | "-" | "*" | "/";

export const query = (text: string): Formula => ({ kind: "query", text });
export const call = (name: string, of: Formula, ...rest: readonly string[]): Formula => ({
  kind: "call",
  name,
  of,
  rest,
});
export const constant = (value: number): Formula => ({ kind: "constant", value });

/** Two formulas combined; multiplying and dividing by 1 leaves them as they are. */
export function combine(left: Formula, operator: Operator, right: Formula): Formula {
  const isOne = (formula: Formula) => formula.kind === "constant" && formula.value === 1;
  if ((operator === "*" || operator === "/") && isOne(right)) return left;
  if (operator === "*" && isOne(left)) return right;
  return { kind: "arithmetic", operator, left, right };
}

/** A number without an exponent, which Datadog does not read, and without the noise of binary fractions. */
export function formatNumber(value: number): string {
  const rounded = Number(value.toPrecision(12));
  const text = String(rounded);
  return text.includes("e") ? rounded.toFixed(20).replace(/\.?0+$/, "") : text;
}

const precedence = { "+": 1, "-": 1, "*": 2, "/": 2 } as const;

function operand(formula: Formula, outer: Operator, isRight: boolean, print: (text: string) => string): string {
  const text = printWith(formula, print);
  if (formula.kind !== "arithmetic") return text;
  const [inside, outside] = [precedence[formula.operator], precedence[outer]];
  return inside < outside || (isRight && inside === outside) ? `(${text})` : text;
}

function printWith(formula: Formula, print: (query: string) => string): string {
  switch (formula.kind) {
    case "query":
      return print(formula.text);
    case "constant":
      return formatNumber(formula.value);
    case "call":
      return `${formula.name}(${[printWith(formula.of, print), ...formula.rest].join(", ")})`;
    case "arithmetic":
      return `${operand(formula.left, formula.operator, false, print)} ${formula.operator} ${operand(formula.right, formula.operator, true, print)}`;
  }
}

/** In one line, as monitors and objectives take it. */
export const printFormula = (formula: Formula) => printWith(formula, (text) => text);

/** As widgets take it: named queries, each once, and a formula over their names. */
export function nameQueries(formula: Formula): {
  readonly formula: string;
  readonly queries: readonly { readonly name: string; readonly query: string }[];
} {
  const names = new Map<string, string>();
  const text = printWith(formula, (query) => {
    const name = names.get(query) ?? `query${names.size + 1}`;
    names.set(query, name);
    return name;
  });
  return { formula: text, queries: [...names].map(([query, name]) => ({ name, query })) };
}
