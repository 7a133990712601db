import type { Diagnostic } from "@watchbill/model";
import { missingSecrets, takenPorts } from "../processes/mistakes";
import { portHolders } from "../processes/port-holder";
import { sharedPorts } from "../processes/preflight";
import type { Server } from "../server";
import { containersOf } from "./containers";
import { containerName } from "./names";

/** What would stop the containers of a stack on this machine, but for their files, which the images' own tools check. */
export async function dockerPreflight(state: string, stack: string, servers: readonly Server[]): Promise<Diagnostic[]> {
  const running = new Set(containersOf(stack).flatMap(({ name, running }) => (running ? [name] : [])));
  // A server that runs holds its ports itself. Which process that is, another user than root can't see.
  const starting = servers.filter(({ name }) => !running.has(containerName(stack, name)));
  const holders = portHolders(starting.flatMap(({ ports }) => Object.values(ports)));
  const secrets = await Promise.all(servers.map((server) => missingSecrets(state, server)));
  return [
    ...sharedPorts(servers),
    ...secrets.flat(),
    ...starting.flatMap((server) => takenPorts(state, server, holders)),
  ];
}
