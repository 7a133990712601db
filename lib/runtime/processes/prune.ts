import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { serverFolder } from "./folders";
import { endOrphans, findSupervisord, ownServers } from "./own-processes";
import { removeServer } from "./remove";
import { programsFolder } from "./supervisor-files";
import { endSupervisord, withSupervisorLock } from "./supervisord";

/**
 * Removes every server of the state folder but those that are to stay: Terraform forgets a resource that was taken out
 * of the declaration without a word to what it had started.
 *
 * @returns the names of those that were removed
 */
export async function pruneServers(state: string, stay: readonly string[]): Promise<string[]> {
  const gone = (await knownServers(state)).filter((name) => !stay.includes(name));
  await Promise.all(gone.map((name) => removeServer(state, name)));
  return gone;
}

/**
 * Ends whatever of the state folder still runs, however little of the folder is left: without its files Terraform has
 * nothing to destroy, and the servers run on.
 *
 * @returns the names of the servers that were ended
 */
export async function endEverything(state: string): Promise<string[]> {
  // This runtime knows processes by what Linux shows of them, and elsewhere there are none of it.
  if (process.platform !== "linux") return [];
  const pruned = existsSync(state) ? await pruneServers(state, []) : [];
  const running = ownServers(state);
  if (running.length > 0 || findSupervisord(state) !== undefined) {
    await withSupervisorLock(state, () => endSupervisord(state));
    await endOrphans(state);
  }
  return [...new Set([...pruned, ...running])].sort();
}

/** Servers that the process manager has a program of, and those of which there are files. */
async function knownServers(state: string): Promise<string[]> {
  const [programs, folders] = await Promise.all(
    [programsFolder(state), serverFolder(state, "")].map((folder) => readdir(folder).catch((): string[] => [])),
  );
  const named = programs!.filter((file) => file.endsWith(".conf")).map((file) => file.slice(0, -".conf".length));
  return [...new Set([...named, ...folders!])].sort();
}
