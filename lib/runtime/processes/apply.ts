import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Diagnostic } from "@watchbill/model";
import { commandOf } from "../programs";
import { ask, isGood, until, urlOf } from "../ready";
import type { Server } from "../server";
import { awaitReady, logEnd } from "./await-ready";
import { foldersOf } from "./folders";
import { missingParts, mistake, refusedFiles, takenPorts } from "./mistakes";
import { serverProcess } from "./own-processes";
import { portHolders } from "./port-holder";
import { activate, discard, keepOnly, type Release, readCurrentRelease, sameFiles, writeRelease } from "./release";
import { removeServer } from "./remove";
import { programFile, programIni } from "./supervisor-files";
import { ensureSupervisord, supervisorctl, withSupervisorLock } from "./supervisord";

/** What an apply did; or why it was refused, in which case the files and the process are as they were before. */
export type Applied =
  | { readonly done: "started" | "restarted" | "reloaded" | "unchanged" }
  | { readonly mistakes: readonly Diagnostic[] };

/**
 * Makes the server run as declared, by the gentlest means: nothing when it does already, a reload when only files have
 * changed that it can reload, else a restart. Data is kept. Returns when the server is ready.
 */
export async function applyServer(state: string, server: Server): Promise<Applied> {
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
  const applied = await replace(state, server, await readCurrentRelease(state, server.name), next);
  if ("mistakes" in applied) await discard(next);
  else await keepOnly(state, server.name, next);
  return applied;
}

async function replace(state: string, server: Server, current: Release | undefined, next: Release): Promise<Applied> {
  const { name } = server;
  const program = await readFile(programFile(state, name), "utf8").catch(() => undefined);
  if (current === undefined || program !== programIni(state, name)) {
    return start(state, server, next);
  }
  if (current.run !== next.run || (server.reload === undefined && !sameFiles(current, next))) {
    return restart(state, server, current, next);
  }
  if (!sameFiles(current, next)) return reload(state, server, current, next);
  await activate(state, name, next);
  if (serverProcess(state, name) === undefined) await supervisorctl(state, "start", name);
  const failure = await awaitReady(state, server, 0);
  return failure === undefined ? { done: "unchanged" } : { mistakes: [mistake("not-ready", server, ...failure)] };
}

async function start(state: string, server: Server, next: Release): Promise<Applied> {
  const logged = await logEnd(state, server.name);
  await othersLeave(state, server);
  await activate(state, server.name, next);
  const added = await withSupervisorLock(state, async () => {
    const file = programFile(state, server.name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, programIni(state, server.name));
    await rename(`${file}.new`, file);
    return supervisorctl(state, "update", server.name);
  });
  if (added === "") await supervisorctl(state, "restart", server.name);
  const failure = await awaitReady(state, server, logged);
  if (failure === undefined) return { done: "started" };
  await removeServer(state, server.name);
  return { mistakes: [mistake("not-ready", server, ...failure)] };
}

async function restart(state: string, server: Server, current: Release, next: Release): Promise<Applied> {
  const logged = await logEnd(state, server.name);
  await othersLeave(state, server);
  await activate(state, server.name, next);
  await supervisorctl(state, "restart", server.name);
  const failure = await awaitReady(state, server, logged);
  if (failure === undefined) return { done: "restarted" };
  await activate(state, server.name, current);
  await supervisorctl(state, "restart", server.name);
  const [message, hint] = failure;
  return { mistakes: [mistake("not-ready", server, `${message}; it runs again as it did before`, hint)] };
}

async function reload(state: string, server: Server, current: Release, next: Release): Promise<Applied> {
  await activate(state, server.name, next);
  const url = `${urlOf(server)}${server.reload}`;
  const post = () => ask(url, { method: "POST", timeout: 30_000 });
  let answer = await post();
  // No answer: it happens to be starting, and may have read the files before they changed.
  await until(async () => {
    if (answer.status === 0) answer = await post();
    return answer.status !== 0;
  }, 15_000);
  if (isGood(answer)) {
    const failure = await awaitReady(state, server, 0);
    return failure === undefined ? { done: "reloaded" } : { mistakes: [mistake("not-ready", server, ...failure)] };
  }
  if (answer.status === 0) return restart(state, server, current, next);
  await activate(state, server.name, current);
  await post();
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
