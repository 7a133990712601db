import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { currentRelease, serverFolder } from "./processes/folders";
import type { Server } from "./server";

/** The servers that the last deploys brought up in this state folder, by name; empty when none are. */
export function deployedServers(state: string): Server[] {
  const folder = serverFolder(state, "");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(currentRelease(state, name), "server.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Server);
}
