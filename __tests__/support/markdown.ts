import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../..");

/** What is not written by hand, or not ours. */
const left = new Set(["node_modules", ".git", ".watchbill", "cdktf.out", "coverage", "manifests"]);

/** Every Markdown file of the project, relative to its root. */
export function markdownFiles(folder = ""): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => !left.has(name))
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(join(root, path)).isDirectory()) return markdownFiles(path);
      return name.endsWith(".md") ? [path] : [];
    });
}

export const readMarkdown = (path: string) => readFileSync(join(root, path), "utf8");

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
}

const fenced = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

/** The fenced code blocks, in order. */
export const codeBlocks = (markdown: string): readonly CodeBlock[] =>
  [...markdown.matchAll(fenced)].map(({ index, 2: language = "", 3: text = "" }) => ({
    language,
    text,
    line: markdown.slice(0, index).split("\n").length + 1,
  }));

export const withoutCode = (markdown: string) => markdown.replace(fenced, "").replace(/`[^`\n]*`/g, "");

/** Targets of links that lead to no other site. */
export const relativeLinks = (markdown: string): readonly string[] =>
  [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** Headings as the anchors that GitHub makes of them. */
export const anchors = (markdown: string): readonly string[] =>
  [...markdown.replace(fenced, "").matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Rows of all tables, each as its cells; without headings. */
export const tableRows = (markdown: string): readonly (readonly string[])[] =>
  [...markdown.matchAll(/(?<=^\|[ -]+\|.*\n)(?:^\|.*\n)+/gm)].flatMap(([rows]) =>
    rows
      .trimEnd()
      .split("\n")
      .filter((row) => !/^\|[ |-]+$/.test(row))
      .map((row) =>
        row
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
