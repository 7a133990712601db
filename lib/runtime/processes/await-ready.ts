import { open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { lastWordsOf } from "../last-words";
import { answersReady } from "../ready";
import { readable } from "../repository-root";
import type { Server } from "../server";
import { serverLog } from "./folders";
import { serverProcess } from "./own-processes";
import { supervisorctl } from "./supervisord";

/** Long enough for a slow disk and a busy machine; a server that keeps ending is given up sooner. */
const patience = 45_000;

/** How often the process manager is asked, and how often in a row it may say that the server has just ended. */
const asking = 2_000;
const ended = 2;

/** A server without a `ready` path is taken to run when it has not ended for this long. */
const settled = 1_500;

/** What went wrong, and the way out. */
type Failure = readonly [message: string, hint: string];

/**
 * Waits until the server is ready.
 *
 * @param logged length of its log before it was started, so that only words of this start are quoted
 * @param former its process before it was restarted: as long as that runs, nothing has been restarted
 * @returns undefined when it is ready
 */
export async function awaitReady(
  state: string,
  server: Server,
  logged: number,
  former?: number,
): Promise<Failure | undefined> {
  const start = Date.now();
  let running: { pid: number; since: number } | undefined;
  let endings = 0;
  for (let asked = start; Date.now() - start < patience && endings < ended; await sleep(100)) {
    const pid = serverProcess(state, server.name);
    if (pid === undefined || pid === former) running = undefined;
    else if (pid !== running?.pid) running = { pid, since: Date.now() };
    if (running !== undefined) {
      const ready = (await answersReady(server)) ?? Date.now() - running.since > settled;
      if (ready) return undefined;
    }
    if (Date.now() - asked > asking) {
      asked = Date.now();
      endings = /BACKOFF|FATAL|EXITED/.test(await supervisorctl(state, "status", server.name)) ? endings + 1 : 0;
    }
  }
  const message = endings >= ended ? "it keeps ending" : `it was not ready within ${patience / 1000} s`;
  const words = await lastWords(state, server.name, logged);
  return [
    words === "" ? message : `${message}; its last words: ${words}`,
    `see ${readable(serverLog(state, server.name))}`,
  ];
}

/** Bytes in the server's log by now. */
export async function logEnd(state: string, name: string): Promise<number> {
  return (await stat(serverLog(state, name)).catch(() => undefined))?.size ?? 0;
}

/** Bytes that are looked through; the manual that a program prints on a wrong argument can be 10,000 long. */
const quoted = 65_536;

async function lastWords(state: string, name: string, from: number): Promise<string> {
  const handle = await open(serverLog(state, name)).catch(() => undefined);
  if (handle === undefined) return "";
  try {
    const { size } = await handle.stat();
    // A log that is shorter than before has been rotated.
    const start = Math.max(size - quoted, size < from ? 0 : from);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(quoted), 0, quoted, start);
    return lastWordsOf(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await handle.close();
  }
}
