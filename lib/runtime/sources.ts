import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { repositoryRoot } from "./repository-root";

/** What a module names as another one; types too, which does no harm. */
const imported = /\b(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g;

/** The file of a workspace or of a relative import, below the repository; nothing for a package of npm. */
function fileOf(name: string, importer: string, root: string): string | undefined {
  const workspace = /^@watchbill\/([\w-]+)$/.exec(name)?.[1];
  if (workspace !== undefined) return `packages/${workspace}/src/index.ts`;
  if (!name.startsWith(".")) return undefined;
  const path = normalize(join(dirname(importer), name));
  const candidates = [path, `${path}.ts`, path.replace(/\.js$/, ".ts"), `${path}/index.ts`];
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(root, candidate)));
}

/** `ws@8.18.0`, as the importer finds it; nothing for what Node itself brings. */
function packageOf(name: string, importer: string, root: string): string | undefined {
  const own = name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
  for (let folder = dirname(importer); ; folder = dirname(folder)) {
    const file = join(root, folder, "node_modules", own, "package.json");
    if (existsSync(file)) return `${own}@${JSON.parse(readFileSync(file, "utf8")).version}`;
    if (folder === ".") return undefined;
  }
}

/**
 * Twelve hexadecimal digits that change with a script of the repository, with what it imports of the repository, however
 * far, and with the versions of the packages that these import. Paths are part of it, the checkout's own place is not.
 */
export function sourcesHash(script: string, root = repositoryRoot): string {
  const texts = new Map<string, string>();
  const look = (path: string): void => {
    if (texts.has(path) || !existsSync(join(root, path))) return;
    const text = readFileSync(join(root, path), "utf8");
    texts.set(path, text);
    for (const [, name = ""] of text.matchAll(imported)) {
      const file = fileOf(name, path, root);
      const version = file === undefined ? packageOf(name, path, root) : undefined;
      if (version !== undefined) texts.set(version, "");
      if (file !== undefined) look(file);
    }
  };
  look(script);
  const hash = createHash("sha256");
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${path}\n${text}\n`);
  return hash.digest("hex").slice(0, 12);
}
