import { goRegExp } from "./go-regexp";
import { type Labels, labelValue } from "./labels";

export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** What one label has to be. A label that is missing is an empty one. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  readonly matches: (value: string) => boolean;
}

/**
 * A matcher; its regular expression, in Go's syntax, holds for the whole of a value.
 *
 * @throws BadSyntax for a regular expression that Go refuses
 */
export function matcher(name: string, operator: MatchOperator, value: string): Matcher {
  const holds = operator.endsWith("~") ? wholly(value) : (text: string) => text === value;
  const matches = operator.startsWith("!") ? (text: string) => !holds(text) : holds;
  return { name, operator, value, matches };
}

/** Most are a choice of names, which needs no regular expression. */
function wholly(pattern: string): (text: string) => boolean {
  const names = /^(?:([\w |-]*)|\^\(\?:([\w |-]*)\)\$)$/.exec(pattern);
  if (names) {
    const choice = new Set((names[1] ?? names[2] ?? "").split("|"));
    return (text) => choice.has(text);
  }
  const regExp = goRegExp(`^(?:${pattern})$`);
  return (text) => regExp.test(text);
}

export const matchesAll = (matchers: readonly Matcher[], labels: Labels) =>
  matchers.every(({ name, matches }) => matches(labelValue(labels, name)));

const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

/** As Alertmanager writes it: `priority="p0"`. */
export const matcherText = ({ name, operator, value }: Matcher) =>
  /[\s{}!=~,\\"'`]/.test(name)
    ? `${JSON.stringify(name)}${operator}${JSON.stringify(value)}`
    : `${name}${operator}"${escaped(value)}"`;

/** Several, in Alertmanager's order: `{priority="p0",service="tickets"}`. */
export function matchersText(matchers: readonly Matcher[]): string {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const inOrder = [...matchers].sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return `{${inOrder.map(matcherText).join(",")}}`;
}
