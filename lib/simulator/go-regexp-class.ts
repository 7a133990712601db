import { BadSyntax } from "./bad-syntax";

/** Where a pattern is being read. */
export interface Cursor {
  readonly source: string;
  at: number;
}

/** Code points, first and last, in order. */
export type Ranges = readonly (readonly [number, number])[];

const last = 0x10ffff;

/** All that is not in the ranges, which ascend. */
export function complement(ranges: Ranges): Ranges {
  const out: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) out.push([next, from - 1]);
    next = to + 1;
  }
  return next > last ? out : [...out, [next, last]];
}

const of = (...texts: readonly string[]): Ranges =>
  texts.map((text) => [text.codePointAt(0) ?? 0, text.codePointAt(text.length - 1) ?? 0] as const);

const digit = of("09");
const upper = of("AZ");
const lower = of("az");
const word = of("09", "AZ", "_", "az");

/** `\d`, `\s`, `\w`, which are of ASCII in Go. */
export const perlClasses: Readonly<Record<string, Ranges>> = {
  d: digit,
  D: complement(digit),
  s: of("\t\n", "\f\r", " "),
  S: complement(of("\t\n", "\f\r", " ")),
  w: word,
  W: complement(word),
};

/** What stands within `[[:…:]]`. */
export const posixClasses: Readonly<Record<string, Ranges>> = {
  alnum: of("09", "AZ", "az"),
  alpha: of("AZ", "az"),
  ascii: [[0, 0x7f]],
  blank: of("\t", " "),
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit,
  graph: of("!~"),
  lower,
  print: of(" ~"),
  punct: of("!/", ":@", "[`", "{~"),
  space: of("\t\r", " "),
  upper,
  word,
  xdigit: of("09", "AF", "af"),
};

const one = (text: string, otherwise: string) => ([...text].length === 1 ? text : otherwise);

/** Letters that are the same without regard to case, by one of them; some have three forms: `k`, `K` and Kelvin's. */
let folds: ReadonlyMap<string, readonly string[]> | undefined;

const folded = (char: string) => {
  const upper = one(char.toUpperCase(), char);
  return one(upper.toLowerCase(), upper);
};

function otherCases(code: number): readonly number[] {
  if (!folds) {
    const found = new Map<string, string[]>();
    // No letter beyond has a case.
    for (let each = 0; each <= 0x1e943; each++) {
      const char = String.fromCodePoint(each);
      const key = folded(char);
      if (key !== char) found.set(key, [...(found.get(key) ?? [key]), char]);
    }
    folds = found;
  }
  return (folds.get(folded(String.fromCodePoint(code))) ?? []).map((char) => char.codePointAt(0) ?? code);
}

/** Ranges as the inside of a JavaScript class; without regard to case, letters stand in both. */
export function rangesText(ranges: Ranges, ignoreCase: boolean): string {
  const hex = (code: number) => `\\u{${code.toString(16)}}`;
  const written = ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`));
  if (!ignoreCase) return written.join("");
  const others = new Set<number>();
  for (const [from, to] of ranges) {
    for (let code = from; code <= Math.min(to, 0x1e943); code++)
      for (const other of otherCases(code)) others.add(other);
  }
  return [...written, ...[...others].map(hex)].join("");
}

/** `\pL`, `\p{Greek}`, `\P{^Lu}` behind a backslash, in JavaScript's words; undefined where none stands. */
export function unicodeClass(cursor: Cursor): string | undefined {
  const match = /^([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(cursor.source.slice(cursor.at));
  if (!match) return undefined;
  const [text, letter, negated, long, short] = match;
  const name = long ?? short ?? "";
  cursor.at += text.length;
  const isNegative = (letter === "P") !== (negated === "^");
  for (const property of [`General_Category=${name}`, `Script=${name}`, name]) {
    const written = `\\${isNegative ? "P" : "p"}{${property}}`;
    try {
      new RegExp(written, "u");
      return written;
    } catch {
      // Not a property of this kind.
    }
  }
  throw new BadSyntax(`invalid character class range: \`\\${text}\``);
}
