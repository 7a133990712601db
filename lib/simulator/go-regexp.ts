import { BadSyntax } from "./bad-syntax";
import { type Cursor, type Ranges, rangesText, unicodeClass } from "./go-regexp-class";
import { readClass, readEscape } from "./go-regexp-escape";

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

const anything = "[\\s\\S]";

/**
 * A regular expression in Go's syntax (https://github.com/google/re2/wiki/Syntax) as one of JavaScript's that matches
 * the same texts. Groups capture nothing and no repetition is lazy, since only whether it matches is asked. What Go
 * knows and JavaScript doesn't is spelt out: flags within a pattern, `\Q…\E`, `[[:alpha:]]`, `\z`, Go's own `\s`.
 *
 * @throws BadSyntax for what Go refuses, such as looking ahead and back references
 */
export function goRegExp(source: string): RegExp {
  const cursor: Cursor = { source, at: 0 };
  let flags: Flags = { i: false, m: false, s: false };
  const open: Flags[] = [];
  let out = "";
  // What a repetition would repeat: nothing, something, or a repetition, which Go does not repeat again.
  let before: "nothing" | "one" | "repetition" = "nothing";
  const put = (text: string) => {
    out += text;
    before = "one";
  };
  while (cursor.at < source.length) {
    const start = cursor.at;
    const repetition = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})/.exec(source.slice(start));
    if (repetition) {
      const [text, least, most] = repetition;
      if (before === "nothing") throw new BadSyntax(`missing argument to repetition operator: \`${text}\``);
      if (before === "repetition") throw new BadSyntax(`invalid nested repetition operator: \`${text}\``);
      if (Math.max(Number(least ?? 0), Number(most || 0)) > 1000 || (most && Number(most) < Number(least)))
        throw new BadSyntax(`invalid repeat count: \`${text}\``);
      cursor.at += text.length;
      if (source[cursor.at] === "?") cursor.at++;
      out += text;
      before = "repetition";
      continue;
    }
    const char = String.fromCodePoint(source.codePointAt(start) ?? 0);
    cursor.at += char.length;
    if (char === "(") {
      const inner = group(cursor, flags);
      if (inner.opens) open.push(flags);
      flags = inner.flags;
      if (inner.opens) out += "(?:";
      before = "nothing";
    } else if (char === ")") {
      const outer = open.pop();
      if (!outer) throw new BadSyntax(`unexpected ): \`${source}\``);
      flags = outer;
      put(")");
    } else if (char === "|") {
      out += "|";
      before = "nothing";
    } else if (char === "^") put(flags.m ? "(?:(?<![^\\n]))" : "(?:^)");
    else if (char === "$") put(flags.m ? "(?:(?![^\\n]))" : "(?:$)");
    else if (char === ".") put(flags.s ? anything : "[^\\n]");
    else if (char === "[") put(readClass(cursor, flags.i));
    else if (char === "\\" && source.startsWith("Q", cursor.at)) {
      const end = source.indexOf("\\E", cursor.at);
      const literal = source.slice(cursor.at + 1, end < 0 ? undefined : end);
      for (const one of literal) put(single(one, flags));
      cursor.at = end < 0 ? source.length : end + 2;
    } else if (char === "\\") put(escapeSequence(cursor, flags));
    else put(single(char, flags));
  }
  if (open.length > 0) throw new BadSyntax(`missing closing ): \`${source}\``);
  return new RegExp(out, "u");
}

const single = (char: string, { i }: Flags) => `[${rangesText([[codePoint(char), codePoint(char)]], i)}]`;
const codePoint = (char: string) => char.codePointAt(0) ?? 0;

const assertions: Readonly<Record<string, string>> = {
  A: "(?:^)",
  z: "(?:$)",
  b: "(?:\\b)",
  B: "(?:\\B)",
  C: anything,
};

function escapeSequence(cursor: Cursor, { i }: Flags): string {
  const assertion = assertions[cursor.source[cursor.at] ?? ""];
  if (assertion !== undefined) {
    cursor.at++;
    return assertion;
  }
  const read: Ranges | string = unicodeClass(cursor) ?? readEscape(cursor);
  return typeof read === "string" ? read : `[${rangesText(read, i)}]`;
}

/** What follows an opening parenthesis: a group, perhaps with flags or a name, or flags for what comes after. */
function group(cursor: Cursor, flags: Flags): { readonly opens: boolean; readonly flags: Flags } {
  const rest = cursor.source.slice(cursor.at);
  const named = /^\?P?<[A-Za-z0-9_]+>/.exec(rest);
  const flagged = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
  if (!rest.startsWith("?")) return { opens: true, flags };
  if (named) {
    cursor.at += named[0].length;
    return { opens: true, flags };
  }
  if (!flagged || flagged[0] === "?)")
    throw new BadSyntax(`invalid or unsupported Perl syntax: \`(${rest.slice(0, 2)}${rest[2] ?? ""}\``);
  const [text, on = "", off = "", end] = flagged;
  cursor.at += text.length;
  const set = (flag: keyof Flags) => (flags[flag] || on.includes(flag)) && !off.includes(flag);
  return { opens: end === ":", flags: { i: set("i"), m: set("m"), s: set("s") } };
}
