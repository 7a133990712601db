import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Surroundings, Variables } from "./checks/check";
import { repositoryRoot } from "./runtime/repository-root";

/** The variables of `environments/<environment>.env`: lines of NAME=value, as Node's own `--env-file` reads them. */
function variablesOf(root: string, environment: string): Variables {
  const path = `environments/${environment}.env`;
  if (!existsSync(join(root, path))) return new Map();
  const text = readFileSync(join(root, path), "utf8");
  const lines = text.split("\n");
  const line = (name: string) => lines.findIndex((one) => one.replace(/^\s*(export\s+)?/, "").startsWith(name)) + 1;
  return new Map(
    Object.entries(parseEnv(text)).map(([name, value]) => [name, { text: value ?? "", at: `${path}:${line(name)}` }]),
  );
}

/**
 * What the checks know of this repository besides its declarations. `command` is the environment of a command that
 * applies something; what is written and committed must not depend on it, and does without.
 */
export function surroundings(root = repositoryRoot, command: Surroundings["command"] = {}): Surroundings {
  const folder = join(root, "runbooks");
  const pages = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".md")) : [];
  return {
    runbooks: new Set(pages.map((file) => file.slice(0, -".md".length))),
    variables: (environment) => variablesOf(root, environment),
    command,
    now: Date.now(),
  };
}
