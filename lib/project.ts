import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./checks/check";
import { repositoryRoot } from "./runtime/repository-root";

/** What the checks know of this repository besides its declarations. */
export function surroundings(root = repositoryRoot): Surroundings {
  const folder = join(root, "runbooks");
  const pages = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".md")) : [];
  return { runbooks: new Set(pages.map((file) => file.slice(0, -".md".length))) };
}
