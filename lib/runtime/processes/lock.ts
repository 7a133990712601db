import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./proc";

/**
 * Does the work while no other process does work under the same lock file: Terraform applies several servers at once,
 * and only one of them may start the process manager.
 *
 * @throws Error when another living process holds the lock for a minute
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const deadline = Date.now() + 60_000;
  while (!(await take(file))) {
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    // A holder that was killed never gives its lock back.
    if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
    else if (Date.now() > deadline) throw new Error(`${file} is held by process ${holder} for over a minute`);
    else await sleep(25);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
