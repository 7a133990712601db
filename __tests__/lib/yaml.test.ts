import { parse, stringify } from "yaml";
import { toYaml } from "../../lib/yaml";

const header = "# Written by `npm run manifests` from the declarations; changes made here are lost.\n";
const byLibrary = (value: unknown) => header + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

const texts = [
  "plain",
  "two words",
  'sum by (job) (rate(x{job="shop",status=~"5.."}[5m])) > 0.05',
  "{{ $value }} of requests",
  "ends with a colon:",
  "a: b",
  "a #comment",
  "- dash",
  "trailing ",
  " leading",
  "",
  "true",
  "Null",
  "1.5",
  "0x1f",
  "1e3",
  "~",
  "# hash",
  "*star",
  "it's",
  '"quoted"',
  "two\nlines",
  "two\nlines\n",
  "a blank\n\nline\n\n",
  "  indented\nlines",
  "tab\there",
  "café",
  "5m",
  "250ms",
  "1y2",
  '{{ $value }} of "quoted" events',
  '{{ $value }} of "quoted" events: it\'s too many',
  'sum: "C:\\temp"',
  "100%",
  "/5../",
  ".inf",
  "No",
  "2026-01-01",
  "x".repeat(200),
];

/** A small generator of numbers below a bound, the same every time. */
function below(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * bound) % bound;
  };
}

function anything(pick: (bound: number) => number, depth: number): unknown {
  const kind = pick(depth > 3 ? 4 : 8);
  if (kind <= 1) return texts[pick(texts.length)];
  if (kind === 2) return [0, -1, 1.5, 1e21, 30][pick(5)];
  if (kind === 3) return [true, false, null][pick(3)];
  const many = pick(4);
  if (kind <= 5) return Array.from({ length: many }, () => anything(pick, depth + 1));
  return Object.fromEntries(
    Array.from({ length: many }, () => [texts[pick(texts.length)]?.split("\n")[0] || "key", anything(pick, depth + 1)]),
  );
}

test.each(texts)("%j is written as the library writes it, as a value and in a list", (text) => {
  const value = { first: text, list: [text, { deep: { deeper: text } }] };
  expect(toYaml(value)).toBe(byLibrary(value));
  expect(parse(toYaml(value))).toEqual(value);
});

test("a thousand values of any shape are written as the library writes them, and read back as they were", () => {
  const pick = below(7);
  for (let round = 0; round < 1000; round++) {
    const value = { root: anything(pick, 0) };
    expect(toYaml(value)).toBe(byLibrary(value));
    expect(parse(toYaml(value))).toEqual(value);
  }
});

test("what is undefined is left out", () => {
  expect(toYaml({ a: undefined, b: { c: undefined }, d: 1 })).toBe(`${header}b: {}\nd: 1\n`);
});
