import { type Folders, fill } from "../placeholders";
import { repositoryRoot } from "../repository-root";
import type { Server } from "../server";
import { shellWord } from "../shell";

/** The environment variable by which a running process is recognised as one of ours; its value is the server's folder. */
export const markerVariable = "WATCHBILL_SERVER";

/**
 * The script that starts a server. A script beats a command line in supervisor's own file: it has no limits on what an
 * argument may contain, and can be read, and run by hand.
 *
 * @param command the executable and its first arguments: `["/usr/bin/prometheus"]`
 * @param marker the server's folder
 */
export function runScript(server: Server, command: readonly string[], folders: Folders, marker: string): string {
  const variables = Object.entries(server.environment ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = [...command, ...server.arguments.map((argument) => fill(argument, folders))];
  return [
    "#!/bin/sh",
    `# Starts ${server.name}; written anew by each deploy.`,
    // A script that differs is what restarts the process, which has loaded its sources long ago.
    ...("sources" in server.program ? [`# Its sources: ${server.program.sources}`] : []),
    `cd ${shellWord(repositoryRoot)} || exit 1`,
    `export ${markerVariable}=${shellWord(marker)}`,
    ...variables.map(([name, value]) => `export ${name}=${shellWord(fill(value, folders))}`),
    `exec ${words.map(shellWord).join(" \\\n  ")}`,
    "",
  ].join("\n");
}
