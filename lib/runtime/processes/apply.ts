import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { commandOf } from "../programs";
import { ask, isGood, until, urlOf } from "../ready";
import type { Server } from "../server";
import { awaitReady, logEnd } from "./await-ready";
import { foldersOf } from "./folders";
import { missingParts, mistake, refusedFiles, takenPorts } from "./mistakes";
import { serverProcess } from "./own-processes";
import { portHolders } from "./port-holder";
import { activate, discard, keepOnly, type Release, sameFiles, writeRelease } from "./release";
import { removeLocked } from "./remove";
import { withServerLock } from "./server-lock";
import { beginChange, endChange, readStanding, type Standing } from "./standing";
import { programFile, programIni } from "./supervisor-files";
import { ensureSupervisord, order, withSupervisorLock } from "./supervisord";

/** What an apply did; or why it was refused, in which case the files and the process are as they were before. */
export type Applied =
  | { readonly done: "started" | "restarted" | "reloaded" | "unchanged" }
  | { readonly mistakes: readonly Diagnostic[] };

/**
 * Makes the server run as declared, by the gentlest means: nothing when it does already, a reload when only files have
 * changed that it can reload, else a restart. Data is kept. Returns when the server is ready.
 */
export async function applyServer(state: string, server: Server): Promise<Applied> {
  try {
    return await withServerLock(state, server.name, () => applyLocked(state, server));
  } catch (error) {
    // The process manager did not do its part. What is known of the server is on disk, and the next apply goes on there.
    if (error instanceof DiagnosticsError) return { mistakes: error.diagnostics };
    throw error;
  }
}

async function applyLocked(state: string, server: Server): Promise<Applied> {
  const missing = [...(await missingParts(state, server)), ...takenPorts(state, server)];
  const command = commandOf(server.program);
  if (missing.length > 0 || command === undefined) return { mistakes: missing };
  const next = await writeRelease(state, server, command);
  const refused = await refusedFiles(state, server, next.folder);
  if (refused.length > 0) {
    await discard(next);
    return { mistakes: refused };
  }
  await mkdir(foldersOf(state, server).data, { recursive: true });
  await withSupervisorLock(state, () => ensureSupervisord(state));
  const applied = await replace(state, server, next);
  if ("mistakes" in applied) {
    await discard(next);
  } else {
    await endChange(state, server.name, next);
    await keepOnly(state, server.name, next);
  }
  return applied;
}

async function replace(state: string, server: Server, next: Release): Promise<Applied> {
  const { name } = server;
  const standing = await readStanding(state, name);
  const program = await readFile(programFile(state, name), "utf8").catch(() => undefined);
  if (standing === undefined || program !== programIni(state, name)) return start(state, server, next);
  const { good, current, sure } = standing;
  const runsAlike = [good, current].every(({ run }) => run === next.run);
  const readsAlike = sure && sameFiles(current, next);
  if (!runsAlike || (server.reload === undefined && !readsAlike)) return restart(state, server, standing, next);
  if (!readsAlike) return reload(state, server, standing, next);
  if (serverProcess(state, name) === undefined) await order(state, "start", name);
  const failure = await awaitReady(state, server, 0);
  if (failure !== undefined) return { mistakes: [mistake("not-ready", server, ...failure)] };
  // Of the same content; but its declaration may say what concerns nobody but whoever looks at it.
  await activate(state, name, next);
  return { done: "unchanged" };
}

async function start(state: string, server: Server, next: Release): Promise<Applied> {
  const { name } = server;
  const [logged, former] = [await logEnd(state, name), serverProcess(state, name)];
  await othersLeave(state, server);
  await beginChange(state, name);
  await activate(state, name, next);
  const added = await withSupervisorLock(state, async () => {
    const file = programFile(state, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, programIni(state, name));
    await rename(`${file}.new`, file);
    return order(state, "update", name);
  });
  await order(state, added === "" ? "restart" : "start", name);
  const failure = await awaitReady(state, server, logged, former);
  if (failure === undefined) return { done: "started" };
  await removeLocked(state, name);
  return { mistakes: [mistake("not-ready", server, ...failure)] };
}

async function restart(state: string, server: Server, { good }: Standing, next: Release): Promise<Applied> {
  const { name } = server;
  const [logged, former] = [await logEnd(state, name), serverProcess(state, name)];
  await othersLeave(state, server);
  await beginChange(state, name);
  await activate(state, name, next);
  await order(state, "restart", name);
  const failure = await awaitReady(state, server, logged, former);
  if (failure === undefined) return { done: "restarted" };
  await activate(state, name, good);
  await order(state, "restart", name);
  await endChange(state, name, good);
  const [message, hint] = failure;
  return { mistakes: [mistake("not-ready", server, `${message}; it runs again as it did before`, hint)] };
}

async function reload(state: string, server: Server, standing: Standing, next: Release): Promise<Applied> {
  const { name } = server;
  await beginChange(state, name);
  await activate(state, name, next);
  const url = `${urlOf(server)}${server.reload}`;
  const post = () => ask(url, { method: "POST", timeout: 30_000 });
  let answer = await post();
  // No answer: it happens to be starting, and may have read the files before they changed.
  await until(async () => {
    if (answer.status === 0) answer = await post();
    return answer.status !== 0;
  }, 15_000);
  if (answer.status === 0) return restart(state, server, standing, next);
  const failure = isGood(answer) ? await awaitReady(state, server, 0) : undefined;
  if (isGood(answer) && failure === undefined) return { done: "reloaded" };
  await activate(state, name, standing.good);
  // Unless it takes the good ones again, nobody knows what it runs with, and the next apply sees to it.
  if (isGood(await post())) await endChange(state, name, standing.good);
  if (failure !== undefined) return { mistakes: [mistake("not-ready", server, ...failure)] };
  const message = `the new files were refused at the reload, with HTTP ${answer.status}: ${answer.body.trim()}`;
  return {
    mistakes: [mistake("files-refused", server, message, "mend the declaration; the files in use stay as they were")],
  };
}

/** A port may still be held by another server of ours that is about to leave it: Terraform does not order the two. */
async function othersLeave(state: string, server: Server): Promise<void> {
  const own = serverProcess(state, server.name);
  const ports = Object.values(server.ports);
  await until(async () => portHolders(ports).every((holder) => holder.process?.pid === own), 10_000);
}
