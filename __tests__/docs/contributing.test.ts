import { existsSync } from "node:fs";
import { join } from "node:path";
import { readMarkdown, root, withoutCode } from "../support/markdown";

const text = readMarkdown("CONTRIBUTING.md");

/** The recipes, by what is added. */
const recipes = new Map(
  text
    .slice(text.indexOf("## How to add"))
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
);

test("there is a recipe for everything that people add", () => {
  expect([...recipes.keys()]).toEqual([
    "a service",
    "a pack",
    "an alert",
    "a drill",
    "a metric set",
    "a dashboard",
    "an environment",
    "a backend",
    "a diagnostic",
    "a Terraform provider binding",
    "a CLI command",
  ]);
});

/** Paths in inline code; one with `<name>` in it names files that are still to be written, in a folder that is there. */
const paths = [...text.matchAll(/`((?:[\w.@-]+|<[\w -]+>)(?:\/(?:[\w.-]+|<[\w -]+>)*)+(?:<[^>]+>)?[\w.-]*)`/g)].map(
  ([, path = ""]) => path,
);

test("every file and folder that it names is there", () => {
  expect(paths).toEqual(expect.arrayContaining(["services/<name>.ts", "lib/checks/"]));
  const there = (path: string) =>
    existsSync(join(root, path.includes("<") ? path.slice(0, path.indexOf("<")).replace(/[^/]*$/, "") : path));
  expect(paths.filter((path) => !path.startsWith("@") && !there(path))).toEqual([]);
});

test("every recipe names the files that it is about", () => {
  for (const [, section] of recipes) expect(section).toMatch(/^1\. .*`|^1\. \[/m);
  expect(withoutCode(text)).not.toMatch(/\bTODO\b/);
});
