import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic } from "@watchbill/model";
import { commandOf } from "../programs";
import type { Server } from "../server";
import { secretsFolder } from "../state-folder";
import { missingParts, mistake, refusedFiles, takenPorts } from "./mistakes";
import { portHolders } from "./port-holder";
import { writeConfig } from "./release";

/**
 * Every mistake that would stop one of the servers, found at once and before anything is applied. Terraform applies
 * them one by one, so that a user would see the second mistake only after mending the first.
 */
export async function preflight(state: string, servers: readonly Server[]): Promise<Diagnostic[]> {
  const holders = portHolders(servers.flatMap(({ ports }) => Object.values(ports)));
  const found = await Promise.all(
    servers.map(async (server) => [
      ...(await missingParts(state, server)),
      ...takenPorts(state, server, holders),
      ...(await checkedFiles(state, server)),
    ]),
  );
  return [...sharedPorts(servers), ...found.flat()];
}

/** Ports that more than one of the servers wants. */
export function sharedPorts(servers: readonly Server[]): Diagnostic[] {
  const wanted = servers.flatMap((server) => Object.values(server.ports).map((port) => ({ port, server })));
  return wanted.flatMap(({ port, server }, index) => {
    const first = wanted.findIndex((one) => one.port === port);
    if (first === index) return [];
    const message = `port ${port} is wanted by ${wanted[first]!.server.name} too`;
    return [mistake("port-shared", server, message, "give one of them another port in the environment")];
  });
}

async function checkedFiles(state: string, server: Server): Promise<Diagnostic[]> {
  // Without its checker the server has been reported already.
  if (server.check === undefined || commandOf(server.check.program) === undefined) return [];
  const folder = await mkdtemp(join(tmpdir(), "watchbill-check-"));
  try {
    await writeConfig(folder, server, secretsFolder(state));
    return await refusedFiles(state, server, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
