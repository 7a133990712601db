import { BadSyntax } from "./bad-syntax";
import { type Matcher, type MatchOperator, matcher } from "./matcher";

interface Token {
  readonly kind: "{" | "}" | "," | "operator" | "text";
  readonly value: string;
}

/**
 * Alertmanager's syntax of matchers since 0.27: names and values may be any text, in double quotes with Go's escapes
 * where it has blanks or any of ``{}!=~,\"'` ``.
 *
 * @throws BadSyntax
 */
export function utf8Matchers(text: string): readonly Matcher[] {
  const tokens = scan(text);
  let at = 0;
  const isNext = (kind: Token["kind"]) => tokens[at]?.kind === kind;
  const expect = (kind: Token["kind"], what: string): string => {
    const token = tokens[at++];
    if (token?.kind !== kind) throw new BadSyntax(`expected ${what}, not ${token?.value ?? "the end"}: ${text}`);
    return token.value;
  };
  const hasBrace = isNext("{");
  if (hasBrace) at++;
  const matchers: Matcher[] = [];
  while (at < tokens.length && !isNext("}")) {
    const name = expect("text", "a label name");
    const operator = expect("operator", "an operator such as '=', '!=', '=~' or '!~'") as MatchOperator;
    matchers.push(matcher(name, operator, expect("text", "a label value")));
    if (at < tokens.length && !isNext("}")) expect(",", "a comma or close brace");
  }
  if (hasBrace) expect("}", "a close brace");
  if (at < tokens.length) throw new BadSyntax(`expected the end, not ${tokens[at]?.value}: ${text}`);
  return matchers;
}

function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|([{},])|(=~|!=|!~|=)|("(?:[^"\\]|\\[\s\S])*")|([^\s{}!=~,\\"'`]+)/uy;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new BadSyntax(`invalid input at ${text.slice(at)}`);
    const [, mark, operator, quoted, plain] = match;
    if (mark !== undefined) tokens.push({ kind: mark as "{" | "}" | ",", value: mark });
    else if (operator !== undefined) tokens.push({ kind: "operator", value: operator });
    else if (quoted !== undefined) tokens.push({ kind: "text", value: unquoted(quoted) });
    else if (plain !== undefined) tokens.push({ kind: "text", value: plain });
  }
  return tokens;
}

const controls: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/** The text of a Go string literal in double quotes. */
function unquoted(literal: string): string {
  if (literal.includes("\n")) throw new BadSyntax(`a line break in ${literal}`);
  return literal
    .slice(1, -1)
    .replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[\s\S])/g, (written, inner: string) => {
      if (inner.length === 1) {
        const control = controls[inner];
        if (control === undefined) throw new BadSyntax(`invalid escape ${written} in ${literal}`);
        return control;
      }
      const code = /^[0-7]/.test(inner) ? Number.parseInt(inner, 8) : Number.parseInt(inner.slice(1), 16);
      // Bytes beyond ASCII would have to make up UTF-8 together, which nobody writes.
      if (code > 0x10ffff || (!/^[uU]/.test(inner) && code > 0x7f))
        throw new BadSyntax(`invalid escape ${written} in ${literal}`);
      return String.fromCodePoint(code);
    });
}
