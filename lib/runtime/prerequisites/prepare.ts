import { join } from "node:path";
import type { Diagnostic } from "@watchbill/model";
import { unfitDocker } from "../docker/daemon";
import type { RuntimeKind } from "../runtime-kind";
import { logsFolder } from "../state-folder";
import { installPackages, missingPackages, neededPackages } from "./packages";
import { terraformMistakes } from "./terraform";

/**
 * Makes sure that this machine has what a deploy needs, installing what it may.
 *
 * @param say is told, in a few words, what takes the time
 * @returns everything that is still missing, each with the way out
 */
export async function prepareMachine(
  runtime: RuntimeKind,
  state: string,
  say: (words: string) => void,
): Promise<Diagnostic[]> {
  const terraform = terraformMistakes();
  const rest = runtime === "docker" ? [unfitDocker() ?? []].flat() : await preparePackages(state, say);
  return [...(await terraform), ...rest];
}

/** Debian packages; by default those of the processes runtime, which tests need too. */
export async function preparePackages(
  state: string,
  say: (words: string) => void,
  packages = neededPackages,
): Promise<Diagnostic[]> {
  const missing = missingPackages(undefined, packages);
  return missing.length === 0 ? [] : installPackages(missing, { say, log: join(logsFolder(state), "apt.log") });
}
