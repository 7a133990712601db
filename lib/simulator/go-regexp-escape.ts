import { BadSyntax } from "./bad-syntax";
import {
  type Cursor,
  complement,
  perlClasses,
  posixClasses,
  type Ranges,
  rangesText,
  unicodeClass,
} from "./go-regexp-class";

const controls: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * What a backslash, already read, makes of what follows: a character or `\d`, `\s`, `\w`.
 *
 * @throws BadSyntax
 */
export function readEscape(cursor: Cursor): Ranges {
  const rest = cursor.source.slice(cursor.at);
  const char = rest.slice(0, 1);
  const perl = perlClasses[char];
  const take = (length: number, code: number): Ranges => {
    cursor.at += length;
    return [[code, code]];
  };
  if (perl) {
    cursor.at++;
    return perl;
  }
  const hex = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/.exec(rest);
  if (hex) return take(hex[0].length, Number.parseInt(hex[1] ?? hex[2] ?? "", 16));
  const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
  if (octal) return take(octal[0].length, Number.parseInt(octal[0], 8));
  const control = controls[char];
  if (control !== undefined) return take(1, control);
  if (/^[^A-Za-z0-9]$/.test(char) && char < "\x80") return take(1, char.charCodeAt(0));
  throw new BadSyntax(
    char === "" ? "trailing backslash at end of expression" : `invalid escape sequence: \`\\${char}\``,
  );
}

/**
 * A class in square brackets, the first of which is read already, in JavaScript's words.
 *
 * @throws BadSyntax
 */
export function readClass(cursor: Cursor, ignoreCase: boolean): string {
  const { source } = cursor;
  const start = cursor.at - 1;
  const negated = source[cursor.at] === "^";
  if (negated) cursor.at++;
  let inside = "";
  for (let first = true; first || source[cursor.at] !== "]"; first = false) {
    if (cursor.at >= source.length) throw new BadSyntax(`missing closing ]: \`${source.slice(start)}\``);
    const posix = /^\[:(\^?)(\w+):\]/.exec(source.slice(cursor.at));
    const named = posix && posixClasses[posix[2] ?? ""];
    if (posix && !named) throw new BadSyntax(`invalid character class range: \`${posix[0]}\``);
    if (posix && named) {
      cursor.at += posix[0].length;
      inside += rangesText(posix[1] ? complement(named) : named, ignoreCase);
      continue;
    }
    const from = member(cursor);
    const isRange = source[cursor.at] === "-" && cursor.at + 1 < source.length && source[cursor.at + 1] !== "]";
    if (typeof from === "string") inside += from;
    else if (from.length > 1 || from[0]?.[0] !== from[0]?.[1] || !isRange) inside += rangesText(from, ignoreCase);
    else {
      cursor.at++;
      const to = member(cursor);
      const [low, high] = [from[0]?.[0] ?? 0, typeof to === "string" ? -1 : (to[0]?.[1] ?? 0)];
      if (high < low || typeof to === "string" || to.length > 1)
        throw new BadSyntax(`invalid character class range: \`${source.slice(start, cursor.at)}\``);
      inside += rangesText([[low, high]], ignoreCase);
    }
  }
  cursor.at++;
  return `[${negated ? "^" : ""}${inside}]`;
}

/** One character, or a class that is written with a backslash. */
function member(cursor: Cursor): Ranges | string {
  const code = cursor.source.codePointAt(cursor.at) ?? 0;
  cursor.at += String.fromCodePoint(code).length;
  if (code !== 0x5c) return [[code, code]];
  return unicodeClass(cursor) ?? readEscape(cursor);
}
