import type { Environment } from "@watchbill/model";
import { deployedServers } from "../runtime/deployed";
import { docker } from "../runtime/docker/client";
import { containerName, stackName } from "../runtime/docker/names";
import { serverProcess } from "../runtime/processes/own-processes";
import { answersReady, urlOf } from "../runtime/ready";
import { deployedRuntime } from "../runtime/runtime-kind";
import type { Server } from "../runtime/server";
import { versionOf } from "./versions";

/** One server, as it is at this moment. */
export interface ServerStatus {
  readonly name: string;
  /** Null for a server that listens on nothing. */
  readonly url: string | null;
  /** Null when it does not answer. */
  readonly version: string | null;
  readonly ready: boolean;
}

/** The servers that were brought up on this machine; none before the first deploy and after a destroy. */
export async function serversUp(environment: Environment, state: string): Promise<readonly Server[]> {
  const runtime = deployedRuntime(state);
  if (runtime === undefined) return [];
  if (runtime === "processes") return deployedServers(state);
  // Docker is not asked what each container is for, so the declarations are; loading them takes a moment.
  const { compiledHere, declaredServers } = await import("./declared-servers.js");
  return declaredServers(compiledHere(environment), runtime);
}

/** Asks every server, live. */
export async function readStatus(environment: Environment, state: string): Promise<ServerStatus[]> {
  const servers = await serversUp(environment, state);
  return Promise.all(
    servers.map(async (server) => {
      const [answers, version] = await Promise.all([answersReady(server), versionOf(server)]);
      const ready = answers ?? isRunning(environment.name, state, server.name);
      return { name: server.name, url: urlOf(server) ?? null, version: version ?? null, ready };
    }),
  );
}

function isRunning(environment: string, state: string, server: string): boolean {
  if (deployedRuntime(state) === "processes") return serverProcess(state, server) !== undefined;
  const container = containerName(stackName(environment, state), server);
  return docker(["inspect", "--format", "{{.State.Status}}", container]).printed === "running";
}
