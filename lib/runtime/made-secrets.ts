import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Server } from "./server";
import { secretsFolder } from "./state-folder";

/** Makes the secrets that nobody has to know beforehand, where they are missing; the files it wrote. */
export function makeSecrets(state: string, servers: readonly Server[]): readonly string[] {
  const files = servers.flatMap(({ madeSecrets = [] }) => madeSecrets.map((name) => join(secretsFolder(state), name)));
  const missing = files.filter((file) => !existsSync(file));
  for (const file of missing) {
    mkdirSync(secretsFolder(state), { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  return missing;
}
