import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { serverFolder } from "./folders";
import { endOrphans, findSupervisord } from "./own-processes";
import { withServerLock } from "./server-lock";
import { programFile, programsFolder, supervisorConfig, supervisorSocket } from "./supervisor-files";
import { endSupervisord, ensureSupervisord, order, withSupervisorLock } from "./supervisord";

/**
 * Ends the server and forgets it, but for its data and its log. With the last one the process manager ends too.
 * A server that is gone already is no mistake.
 */
export async function removeServer(state: string, name: string): Promise<void> {
  if (!existsSync(state)) return;
  await withServerLock(state, name, () => removeLocked(state, name));
}

/** The same, for whoever has the server's lock. */
export async function removeLocked(state: string, name: string): Promise<void> {
  await withSupervisorLock(state, async () => {
    // One that has lost its socket could not be told to end the server.
    if (findSupervisord(state) !== undefined) await ensureSupervisord(state);
  });
  // Outside of the lock, so that servers which take their time to end do so side by side.
  if (findSupervisord(state) !== undefined) await order(state, "stop", name, noSuch);
  await withSupervisorLock(state, async () => {
    await rm(programFile(state, name), { force: true });
    if ((await programsLeft(state)) === 0) {
      await endSupervisord(state);
      const leftovers = [supervisorConfig(state), supervisorSocket(state), programsFolder(state)];
      await Promise.all(leftovers.map((path) => rm(path, { recursive: true, force: true })));
    } else if (findSupervisord(state) !== undefined) {
      await order(state, "update", name, noSuch);
    }
  });
  await endOrphans(state, name);
  await rm(serverFolder(state, name), { recursive: true, force: true });
}

const noSuch = /no such (process|group)/;

async function programsLeft(state: string): Promise<number> {
  const entries = await readdir(programsFolder(state)).catch(() => []);
  return entries.filter((entry) => entry.endsWith(".conf")).length;
}
