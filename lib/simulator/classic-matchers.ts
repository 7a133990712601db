import { BadSyntax } from "./bad-syntax";
import { type Matcher, type MatchOperator, matcher } from "./matcher";

/**
 * Alertmanager's syntax of matchers up to 0.26, which every later one understands too: names of letters, digits,
 * underscores and colons; quotes around a value may be missing; `\n`, `\"` and `\\` are escapes and every other
 * backslash is itself.
 *
 * @throws BadSyntax
 */
export function classicMatchers(text: string): readonly Matcher[] {
  const tokens: string[] = [];
  let token = "";
  let isQuoted = false;
  let isEscaped = false;
  for (const char of text.replace(/^\{/, "").replace(/\}$/, "")) {
    if (char === "," && !isQuoted) {
      tokens.push(token);
      token = "";
      continue;
    }
    if (char === '"' && !isEscaped) isQuoted = !isQuoted;
    // Within quotes as outside: what a comma leaves behind does not matter.
    if (char !== ",") isEscaped = char === "\\" && !isEscaped;
    token += char;
  }
  if (token.trim() !== "") tokens.push(token.trim());
  return tokens.map(classicMatcher);
}

function classicMatcher(token: string): Matcher {
  const match =
    /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)[\t\n\f\r ]*([\s\S]*?)[\t\n\f\r ]*$/.exec(token);
  if (!match) throw new BadSyntax(`bad matcher format: ${token.trim()}`);
  const [, name = "", operator = "=", written = ""] = match;
  return matcher(name, operator as MatchOperator, value(written));
}

function value(written: string): string {
  const isQuoted = written.startsWith('"');
  const inner = isQuoted ? written.slice(1) : written;
  let text = "";
  let isClosed = !isQuoted;
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at] ?? "";
    const next = inner[at + 1];
    if (char === "\\" && next !== undefined) {
      at++;
      text += next === "n" ? "\n" : next === '"' || next === "\\" ? next : char + next;
    } else if (char === '"') {
      if (isClosed || next !== undefined) throw new BadSyntax(`unescaped double quote in ${written}`);
      isClosed = true;
    } else text += char;
  }
  if (!isClosed) throw new BadSyntax(`unescaped double quote in ${written}`);
  return text;
}
