import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Server } from "./server";
import { secretsFolder } from "./state-folder";

/** Makes the secrets that nobody has to know beforehand, where they are missing; the files it wrote. */
export function makeSecrets(state: string, servers: readonly Server[]): readonly string[] {
  const names = servers.flatMap(({ madeSecrets = [] }) => madeSecrets);
  const missing = names.filter((name) => !existsSync(join(secretsFolder(state), name)));
  if (missing.length === 0) return [];
  mkdirSync(secretsFolder(state), { recursive: true, mode: 0o700 });
  const files = missing.map((name) => join(secretsFolder(state), name));
  for (const file of files) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  writeFileSync(listOf(state), `${[...new Set([...madeBefore(state), ...missing])].join("\n")}\n`);
  return files;
}

/** Removes what it made, and leaves what was put there by hand. */
export function removeMadeSecrets(state: string): void {
  for (const name of madeBefore(state)) rmSync(join(secretsFolder(state), name), { force: true });
}

/** File that tells them from those that were put there by hand. */
const listOf = (state: string) => join(state, "made-secrets");

function madeBefore(state: string): string[] {
  try {
    return readFileSync(listOf(state), "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}
