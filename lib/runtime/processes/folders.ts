import { join } from "node:path";
import type { Folders } from "../placeholders";
import type { Server } from "../server";
import { logsFolder, secretsFolder } from "../state-folder";

/** Everything of one server but the data that outlives it. */
export const serverFolder = (state: string, name: string) => join(state, "servers", name);

/** Symbolic link to the release that runs; replacing it is one rename, so a server never sees half of two releases. */
export const currentRelease = (state: string, name: string) => join(serverFolder(state, name), "current");

export const serverLog = (state: string, name: string) => join(logsFolder(state), `${name}.log`);

/** A server's folders; `release` is the one that its configuration is read from. */
export function foldersOf(
  state: string,
  server: Pick<Server, "name" | "keepsData">,
  release = currentRelease(state, server.name),
): Folders {
  return {
    config: join(release, "config"),
    data: server.keepsData ? join(state, "data", server.name) : join(serverFolder(state, server.name), "data"),
    secrets: secretsFolder(state),
  };
}
