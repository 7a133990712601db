import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What declarations don't read. */
const left = new Set(["node_modules", "__tests__", "bench", "manifests", "docs", "runbooks", "cdktf.out", "coverage"]);

/** The same for the same sources and settings, wherever they stand and whenever they were written. */
export function fingerprint(root: string): string {
  const hash = createHash("sha1").update(process.versions.node);
  for (const file of sources(root, "")) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** Paths of all TypeScript, and of what settles how it is read, in one order. */
function sources(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !left.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sources(root, path);
      return /\.[cm]?tsx?$|^(package(-lock)?|tsconfig)\.json$/.test(entry.name) ? [path] : [];
    });
}
