import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { currentRelease, serverFolder } from "./folders";
import { point, type Release, readRelease } from "./release";

/** Symbolic link to the release that the server is known to run with. While a change is under way there is none. */
export const appliedRelease = (state: string, name: string) => join(serverFolder(state, name), "applied");

/** The same link, as it was before the change that is under way. */
const formerRelease = (state: string, name: string) => join(serverFolder(state, name), "former");

/** What is known of how a server runs. */
export interface Standing {
  /** The last release that it was ready with: where a change fails, it goes back there. */
  readonly good: Release;
  /** The one it reads. It is another one only where a change was broken off: then nobody knows what it runs with. */
  readonly current: Release;
  /** Whether it runs with `current` for sure. */
  readonly sure: boolean;
}

/** Undefined where the server has never been up. */
export async function readStanding(state: string, name: string): Promise<Standing | undefined> {
  const [applied, former, current] = await Promise.all(
    [appliedRelease, formerRelease, currentRelease].map((link) => readRelease(link(state, name))),
  );
  if (current === undefined) return undefined;
  return { good: applied ?? former ?? current, current, sure: applied?.folder === current.folder };
}

/** To be called before anything of a running server is changed: an apply that is killed from here on is seen as such. */
export async function beginChange(state: string, name: string): Promise<void> {
  await rename(appliedRelease(state, name), formerRelease(state, name)).catch((error: NodeJS.ErrnoException) => {
    // The change before this one was broken off.
    if (error.code !== "ENOENT") throw error;
  });
}

/** To be called once the server is known to run with the release. */
export async function endChange(state: string, name: string, release: Release): Promise<void> {
  await point(appliedRelease(state, name), release);
  await rm(formerRelease(state, name), { force: true });
}
