import { basename } from "node:path";
import { until } from "../ready";
import { serverFolder } from "./folders";
import { isAlive, listProcesses, type Process, variableOf } from "./proc";
import { markerVariable } from "./run-script";
import { supervisorConfig } from "./supervisor-files";

/** Id of the process manager that serves this state folder. */
export function findSupervisord(state: string, processes = listProcesses()): number | undefined {
  const config = supervisorConfig(state);
  return processes.find(
    ({ command }) => command.some((word) => basename(word) === "supervisord") && command.includes(config),
  )?.pid;
}

/** Id of the process that the process manager started for the server. */
export function serverProcess(state: string, name: string): number | undefined {
  const processes = listProcesses();
  const supervisord = findSupervisord(state, processes);
  if (supervisord === undefined) return undefined;
  return processes.find(({ pid, parent }) => parent === supervisord && isMarked(pid, serverFolder(state, name)))?.pid;
}

/** Whether the process is a server of this state folder, or was started by one. */
export function isOwn(state: string, { pid }: Process): boolean {
  return variableOf(pid, markerVariable)?.startsWith(serverFolder(state, "")) ?? false;
}

/** Names of the state folder's servers that run, watched over or not. */
export function ownServers(state: string): string[] {
  const folder = serverFolder(state, "");
  const names = listProcesses().flatMap(({ pid }) => {
    const marker = variableOf(pid, markerVariable);
    return marker?.startsWith(folder) ? [marker.slice(folder.length).replace(/^\//, "")] : [];
  });
  return [...new Set(names)].sort();
}

/**
 * Ends servers of this state folder that no process manager watches over any more: when it is killed, they live on and
 * hold their ports. `name` limits it to one server.
 */
export async function endOrphans(state: string, name?: string): Promise<void> {
  const orphans = findOrphans(state, name);
  signal(orphans, "SIGTERM");
  const ended = await until(async () => !orphans.some(isAlive), 10_000, 50);
  if (!ended) signal(orphans.filter(isAlive), "SIGKILL");
}

function findOrphans(state: string, name: string | undefined): number[] {
  const processes = listProcesses();
  const supervisord = findSupervisord(state, processes);
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const watched = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
      if (at === supervisord) return true;
    }
    return false;
  };
  return processes
    .filter((process) =>
      name === undefined ? isOwn(state, process) : isMarked(process.pid, serverFolder(state, name)),
    )
    .map(({ pid }) => pid)
    .filter((pid) => pid !== process.pid && !watched(pid));
}

const isMarked = (pid: number, marker: string) => variableOf(pid, markerVariable) === marker;

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}
