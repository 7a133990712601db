import { join, resolve } from "node:path";
import { repositoryRoot } from "./repository-root";

/**
 * Absolute folder in which an environment's servers keep what they need while they run: `.watchbill/<environment>` in
 * the checkout. WATCHBILL_STATE names another one, for tests that must not meet the servers a developer has running.
 */
export function stateFolder(environment: string, variables: NodeJS.ProcessEnv = process.env): string {
  const moved = variables.WATCHBILL_STATE;
  return moved ? resolve(repositoryRoot, moved) : join(repositoryRoot, ".watchbill", environment);
}

/** Where the environment's secret files are looked for: one file a secret, shared by its servers. */
export const secretsFolder = (state: string) => join(state, "secrets");

/** Where every server's output and the deployments' own go. */
export const logsFolder = (state: string) => join(state, "logs");
