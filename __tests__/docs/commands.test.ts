import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../environments";
import { faultNames } from "../../examples/ticket-shop/src/faults";
import { codeBlocks, markdownFiles, readMarkdown, root } from "../support/markdown";

const pages = markdownFiles().map(readMarkdown);

/** What readers are told to type: lines of `sh`, lines after a `$`, and inline code that begins with a command. */
const commands = [
  ...new Set(
    pages.flatMap((text) => {
      const lines = (language: string) =>
        codeBlocks(text).flatMap((block) => (block.language === language ? block.text.split("\n") : []));
      const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
      return [...lines("sh"), ...lines("console").flatMap((line) => /^\$ (.*)$/.exec(line)?.[1] ?? []), ...inline]
        .map((line) => line.replace(/\s+#.*$/, "").replace(/^(?:[A-Z_]+=\S+ )+/, ""))
        .filter((line) => /^(npm|npx|cdktf) \w/.test(line));
    }),
  ),
].map((line) => line.split(" "));

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
const starting = (...words: readonly string[]) =>
  commands.filter((command) => words.every((word, index) => command[index] === word));

const help = (...words: readonly string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "lib/cli/main.ts", ...words, "--help"], {
    cwd: root,
    encoding: "utf8",
  }).stdout;

test("every npm script that a page names is in package.json, and every one there is named", () => {
  const named = starting("npm", "run").map(([, , script = ""]) => script);
  expect(named.filter((script) => script !== "…" && !(script in scripts))).toEqual([]);
  expect(starting("npm", "test").length).toBeGreaterThan(0);
  expect(Object.keys(scripts).filter((script) => script !== "test" && !named.includes(script))).toEqual([]);
});

test("every `npx …` names a command that is installed, and of watchbill's one that it has", () => {
  const named = starting("npx").map(([, name = ""]) => name);
  expect(named).toEqual(expect.arrayContaining(["watchbill", "cdktf", "jest"]));
  const installed = (name: string) => name === "watchbill" || existsSync(join(root, "node_modules/.bin", name));
  expect(named.filter((name) => !installed(name))).toEqual([]);
  const listed = help();
  for (const [, , verb] of starting("npx", "watchbill")) expect(listed).toMatch(new RegExp(`^ {2}${verb}\\b`, "m"));
});

test("every option of a watchbill command is one that it has", () => {
  const asked = [...starting("npm", "run"), ...starting("npx", "watchbill")].flatMap(([, , verb = "", ...words]) =>
    words.filter((word) => /^--\w/.test(word)).map((option) => [verb, option] as const),
  );
  expect(asked).toEqual(expect.arrayContaining([["down", "--purge"]]));
  for (const [verb, option] of asked) expect(help(verb)).toMatch(new RegExp(`${option}\\b`));
});

test("every cdktf command names a stack that there is", () => {
  const stacks = [...environments.map(({ name }) => name), "<environment>"];
  const named = commands.flatMap((words) => {
    const [verb, stack] = words.slice(words.indexOf("cdktf") + 1);
    return words.includes("cdktf") && verb !== undefined ? [[verb, stack] as const] : [];
  });
  expect(named).toEqual(
    expect.arrayContaining([
      ["diff", "staging"],
      ["deploy", "staging"],
    ]),
  );
  expect(named.filter(([, stack]) => stack !== undefined && !stacks.includes(stack))).toEqual([]);
  expect(named.filter(([verb]) => !["synth", "list", "diff", "deploy", "destroy"].includes(verb))).toEqual([]);
});

test("every fault that is switched on is one of the shop's", () => {
  const faults = starting("npm", "run", "break", "--").flatMap((words) => words.slice(4));
  expect(faults).toContain("payments");
  expect(faults.filter((fault) => !(fault in faultNames))).toEqual([]);
});
