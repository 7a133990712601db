import type { Condition } from "@watchbill/model";
import { production } from "../../environments/production";
import { printTest } from "../../lib/backends/prometheus/promql";
import { ruleStyle } from "../../lib/backends/prometheus/style";
import { codesInSource } from "../support/diagnostic-codes";
import { type CodeBlock, codeBlocks, readMarkdown } from "../support/markdown";
import { readQuery } from "../support/promql-syntax";
import { complaints, run, type Snippet } from "../support/snippets";

const text = readMarkdown("docs/common-mistakes.md");
const [preamble, ...blocks] = codeBlocks(text);
const following = (block: CodeBlock) => blocks[blocks.indexOf(block) + 1];

/** TypeScript with what is said to come of it: the compiler's words, a printed rule, or nothing. */
const examples = blocks
  .filter(({ language }) => language === "ts")
  .map((block) => {
    const next = following(block);
    const between = next ? text.split("\n").slice(block.line + block.text.split("\n").length - 1, next.line - 2) : [];
    // What follows after prose or a heading is the next example.
    const outcome = between.join("").trim() === "" ? next : undefined;
    const snippet: Snippet = { name: `line-${block.line}`, text: `${preamble?.text}\n${block.text}` };
    return { name: snippet.name, snippet, outcome };
  });
const found = complaints(examples.map(({ snippet }) => snippet));
const refused = examples.filter(({ outcome }) => outcome?.language === "text");
const printed = examples.filter(({ outcome }) => outcome?.language === "promql");

test("there are examples of both kinds", () => {
  expect(refused.length).toBeGreaterThanOrEqual(5);
  expect(printed.length).toBeGreaterThanOrEqual(7);
});

test.each(blocks.filter(({ language }) => language === "promql").map((block) => [block.line, block.text] as const))(
  "the query in line %i is PromQL, right or wrong as it may be",
  (_line, query) => {
    expect(readQuery(query.trim()).errors).toEqual([]);
  },
);

test.each(refused.map(({ name, outcome }) => [name, outcome?.text.trim() ?? ""] as const))(
  "the example in %s does not compile, for the reason that is quoted",
  (name, quoted) => {
    expect(found[name]?.join("\n")).toContain(quoted);
  },
);

test.each(examples.filter((one) => !refused.includes(one)).map(({ name }) => [name] as const))(
  "the example in %s compiles",
  (name) => {
    expect(found[name]).toEqual([]);
  },
);

test.each(printed.map(({ name, snippet, outcome }) => [name, snippet, outcome?.text.trim() ?? ""] as const))(
  "the example in %s is printed as shown",
  (_name, snippet, rule) => {
    const { condition } = run(snippet) as { condition: Condition };
    expect(printTest(condition.test, ruleStyle(production, { name: "shop" }))).toBe(rule);
  },
);

test("the diagnostics that it names exist", () => {
  const named = blocks.filter(({ language, text: code }) => language === "text" && /^[a-z-]+\n$/.test(code));
  expect(named).toHaveLength(2);
  const codes = codesInSource().map(({ code }) => code);
  for (const { text: code } of named) expect(codes).toContain(code.trim());
});

test("the rule on targets is the one that production has", () => {
  const down = production.services
    .flatMap(({ watch }) => watch.flatMap((pack) => pack.alerts))
    .find(({ id }) => id === "TargetDown");
  expect(text).toContain(printTest(down!.when.test, ruleStyle(production, { name: "monitoring" })));
});
