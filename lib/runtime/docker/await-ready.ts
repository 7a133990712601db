import { setTimeout as sleep } from "node:timers/promises";
import type { Diagnostic } from "@watchbill/model";
import { lastWordsOf } from "../last-words";
import { mistake } from "../processes/mistakes";
import { answersReady } from "../ready";
import type { Server } from "../server";
import { docker } from "./client";
import { containerName } from "./names";

/** Milliseconds. Grafana's first start takes its time; a server that keeps ending is given up sooner. */
const patience = 120_000;

/** A server without a `ready` path is taken to run when it has not ended for this long. */
const settled = 1_500;

/** How often a container may be started again until it is taken to end each time. */
const restarts = 3;

/** Waits until every server is ready; what is not by then is told with its last words. */
export async function awaitServers(
  stack: string,
  servers: readonly Server[],
  longest = patience,
): Promise<Diagnostic[]> {
  return (await Promise.all(servers.map((server) => awaitServer(stack, server, longest)))).flat();
}

async function awaitServer(stack: string, server: Server, longest: number): Promise<Diagnostic[]> {
  const name = containerName(stack, server.name);
  const deadline = Date.now() + longest;
  const before = lookAt(name).restarts;
  for (;;) {
    const seen = lookAt(name);
    const ready = seen.runs && ((await answersReady(server)) ?? Date.now() - seen.since > settled);
    if (ready) return [];
    if (seen.gone) return notReady(server, name, "its container does not run");
    if (seen.restarts - before >= restarts) return notReady(server, name, "it keeps ending");
    if (Date.now() >= deadline) return notReady(server, name, `it was not ready within ${longest / 1000} s`);
    await sleep(500);
  }
}

function lookAt(container: string) {
  const format = "{{.State.Status}} {{.RestartCount}} {{.State.StartedAt}}";
  const [status = "", count = "0", since = ""] = docker(["inspect", "--format", format, container]).printed.split(" ");
  return {
    runs: status === "running",
    gone: !["running", "restarting", "created"].includes(status),
    restarts: Number(count),
    since: Date.parse(since),
  };
}

/** A server that does not become ready, with what it said last and where the rest is. */
export function notReady(server: Pick<Server, "name">, container: string, message: string): Diagnostic[] {
  const { printed, complaint } = docker(["logs", "--tail", "60", container]);
  const words = lastWordsOf(`${printed}\n${complaint}`);
  const said = words === "" ? message : `${message}; its last words: ${words}`;
  return [mistake("not-ready", server, said, `see docker logs ${container}`)];
}
