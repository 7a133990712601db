import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomFrom } from "../../../lib/drills/random";
import { routesOf } from "../../../lib/simulator";
import { handmade, manifestOf, read, someLabels, values, vocabulary } from "../../support/alertmanager-configs";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watchbill-routes-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The receivers that amtool names. */
function amtool(text: string, labels: Readonly<Record<string, string>>): string {
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, text);
  const words = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const { stdout, stderr, status } = spawnSync(
    "amtool",
    ["config", "routes", "test", `--config.file=${file}`, ...words],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const configs = [
  ...Object.entries(handmade).map(([name, text]) => ({ name, text, config: read(text), words: values })),
  ...["local", "staging", "production"].map((name) => {
    const { text, config } = manifestOf(name);
    return { name, text, config, words: vocabulary(config) };
  }),
];

test.each(configs)("$name's routes lead 80 sets of labels where amtool leads them", ({ text, config, words }) => {
  const random = randomFrom(4711);
  const sets = Array.from({ length: 80 }, () => someLabels(random, words));
  const ours = sets.map((labels) =>
    routesOf(config, labels)
      .map(({ receiver }) => receiver)
      .join(","),
  );
  expect(ours).toEqual(sets.map((labels) => amtool(text, labels)));
  expect(new Set(ours).size).toBeGreaterThan(3);
});

/** One route a pattern, each of which goes on to the next. */
const patternsConfig = (patterns: readonly string[]) =>
  JSON.stringify({
    route: {
      receiver: "none",
      routes: patterns.map((pattern, index) => ({ receiver: `r${index}`, continue: true, match_re: { v: pattern } })),
    },
    receivers: ["none", ...patterns.map((_, index) => `r${index}`)].map((name) => ({ name })),
  });

const patterns = [
  "a|b",
  "a.c",
  "(?i)abc",
  "a(?i)b(?-i)c",
  "(?i:a)bc",
  "(?s)a.c",
  "(?P<name>ab)+c?",
  "(a|ab)(c|bcd)(d*)",
  "a{2,3}",
  "a{,2}",
  "x{",
  "[a-c]+",
  "[^a-c]+",
  "[]a]",
  "[a\\]b]+",
  "(?i)[a-c]+",
  "(?i)[^a-c]+",
  "[[:alpha:]]+",
  "[[:^digit:]]+",
  "[\\w.-]+",
  "\\w+\\s\\w+",
  "\\d{3}",
  "\\S+",
  "\\pL+",
  "\\p{Greek}+",
  "\\P{Lu}+",
  "[\\pN_]+",
  "\\Qa.c\\E",
  "\\x41\\x{42}",
  "a\\-b\\_c",
  "\\bab\\b",
  "^abc$",
  "\\Aabc\\z",
  "(?m)a$\\n^b",
  "a\\nb",
  ".*",
  ".+",
  "",
  "a||b",
  "(|a)*",
  "a)|(b",
  "(?U)a+",
  "a*?b",
  "(?i)ß|ſ|k",
  "💥.",
];

const samples = [
  "",
  "AB",
  ..."a b c A B ab abc ABC aBc Abc a.c a{,2} x{ aa aaa aaaa ]".split(" "),
  ..."a]b 123 αβγ ABCD abcd a-b_c é ſ ß K ẞ K 💥x 12_3 a_b a-b 1".split(" "),
  "a\nb",
  "a\nc",
  "a b",
  "a\u00a0b",
  "a\u2028c",
];

test("regular expressions of Go's match what they match there", () => {
  const text = patternsConfig(patterns);
  const config = read(text);
  const ours = samples.map((v) =>
    routesOf(config, { v })
      .map(({ receiver }) => receiver)
      .join(","),
  );
  expect(ours).toEqual(samples.map((v) => amtool(text, { v })));
  const met = new Set(ours.flatMap((line) => line.split(",")));
  expect(patterns.filter((_, index) => !met.has(`r${index}`))).toEqual([]);
});

test.each([
  "(",
  ")",
  "a**",
  "a+*",
  "*a",
  "a{2}{3}",
  "a{1001}",
  "a{3,2}",
  "[b-a]",
  "[a",
  "[[:nothing:]]",
  "\\y",
  "\\1",
  "(?=a)",
  "(?!a)",
  "(?<=a)b",
  "\\p{Nothing}",
  "a\\",
  "[\\d-z]x(",
])("what Go refuses is refused: %s", (pattern) => {
  const text = patternsConfig([pattern]);
  expect(() => amtool(text, { v: "a" })).toThrow();
  expect(() => read(text)).toThrow();
});

test("a matcher reads a label that objects have by themselves as missing", () => {
  const text = patternsConfig(["function.*", "x?"]);
  expect(routesOf(read(text), { constructor: "x" } as never).map(({ receiver }) => receiver)).toEqual(["r1"]);
  const { route } = read(text.replaceAll('"v"', '"constructor"'));
  expect(routesOf({ route }, {}).map(({ receiver }) => receiver)).toEqual(["r1"]);
});
