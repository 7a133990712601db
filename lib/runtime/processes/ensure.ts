import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { answersReady } from "../ready";
import type { Server } from "../server";
import { type Applied, applyServer } from "./apply";
import { serverProcess } from "./own-processes";
import { appliedRelease } from "./standing";

/**
 * Makes sure that a server which Terraform has deployed runs, after a reboot, a kill, or a state folder that was removed
 * by hand. One that runs as declared is only asked whether it is ready.
 */
export async function ensureServer(state: string, server: Server): Promise<Applied> {
  const text = await readFile(join(appliedRelease(state, server.name), "server.json"), "utf8").catch(() => "null");
  const runs = serverProcess(state, server.name) !== undefined && isDeepStrictEqual(JSON.parse(text), server);
  if (runs && (await answersReady(server)) !== false) return { done: "unchanged" };
  return applyServer(state, server);
}
