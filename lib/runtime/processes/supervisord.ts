import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { DiagnosticsError } from "@watchbill/model";
import { deployedServers } from "../deployed";
import { findBinary } from "../programs";
import { answersReady, until } from "../ready";
import { readable } from "../repository-root";
import type { Server } from "../server";
import { logsFolder } from "../state-folder";
import { withLock } from "./lock";
import { endOrphans, findSupervisord } from "./own-processes";
import { isAlive } from "./proc";
import { programFile, programsFolder, supervisorConfig, supervisorIni, supervisorSocket } from "./supervisor-files";

const run = promisify(execFile);

/** Does work that starts, stops or reconfigures the process manager; one at a time. */
export const withSupervisorLock = <T>(state: string, work: () => Promise<T>): Promise<T> =>
  withLock(state, "supervisord", work, 120_000);

/**
 * Makes sure that the process manager runs and listens; with it come all servers that were deployed. To be called with
 * the lock.
 *
 * @throws Error when it doesn't start
 */
export async function ensureSupervisord(state: string): Promise<void> {
  const running = findSupervisord(state);
  if (running !== undefined) {
    if (await listens(state)) return;
    // Its socket is gone, so nobody can speak to it any more; it takes its servers with it.
    await end(running);
  }
  await endOrphans(state);
  await mkdir(programsFolder(state), { recursive: true });
  await mkdir(logsFolder(state), { recursive: true });
  await mkdir(dirname(supervisorSocket(state)), { recursive: true, mode: 0o700 });
  await writeFile(supervisorConfig(state), supervisorIni(state));
  await run(needed("supervisord"), ["-c", supervisorConfig(state)], { env: plainEnvironment() });
  if (!(await until(() => listens(state), 10_000, 25))) {
    throw new Error(`supervisord doesn't listen; see ${join(logsFolder(state), "supervisord.log")}`);
  }
  await startDeployed(state);
}

/** Starts what was deployed before: who watches last, or it would call somebody for what is only just starting. */
async function startDeployed(state: string): Promise<void> {
  const servers = deployedServers(state).filter(({ name }) => existsSync(programFile(state, name)));
  const watches = ({ after = [] }: Server) => after.length > 0;
  const start = async (some: readonly Server[]) => {
    if (some.length > 0) await supervisorctl(state, "start", ...some.map(({ name }) => name));
  };
  const first = servers.filter((server) => !watches(server));
  await start(first);
  // One that does not get ready is for whoever applies it; the others shall not stay down for it.
  const areReady = async () => (await Promise.all(first.map(answersReady))).every((ready) => ready !== false);
  await until(areReady, 30_000);
  await start(servers.filter(watches));
}

/** Ends the process manager and with it all its servers. To be called with the lock. */
export async function endSupervisord(state: string): Promise<void> {
  const running = findSupervisord(state);
  if (running !== undefined) await end(running);
  await endOrphans(state);
  await rm(supervisorSocket(state), { force: true });
}

/** Runs supervisorctl and gives what it printed, whatever its exit code: 3 only says that a program is stopped. */
export async function supervisorctl(state: string, ...words: readonly string[]): Promise<string> {
  const config = supervisorConfig(state);
  const options = { env: plainEnvironment() };
  const result = await run(needed("supervisorctl"), ["-c", config, ...words], options).catch(
    (error: { stdout?: string; stderr?: string }) => ({ stdout: error.stdout ?? "", stderr: error.stderr ?? "" }),
  );
  return (result.stdout + result.stderr).trim();
}

/** Words of supervisorctl about what its servers do, not about what it can't do: whoever waits for them sees to that. */
const tolerated = /ERROR \((not running|already started|abnormal termination|spawn error)\)/;

/** What it prints, with an exit code that says nothing, when it has not done what it was told. */
const failed = /^error: |^ERROR: |ERROR \(|refused connection|no such file|^Sorry, /;

/**
 * Has the process manager start, stop or restart a server; gives what it printed.
 *
 * @param gone words that are no failure besides: that there is no such server, to whoever removes it
 * @throws DiagnosticsError when it did not do it
 */
export async function order(state: string, verb: string, name: string, gone?: RegExp): Promise<string> {
  const printed = await supervisorctl(state, verb, name);
  const failures = printed
    .split("\n")
    .filter((line) => failed.test(line) && !tolerated.test(line) && gone?.test(line) !== true);
  if (failures.length === 0) return printed;
  const message = `the process manager would not ${verb} it: ${[...new Set(failures)].join("; ")}`;
  const hint = `see ${readable(join(logsFolder(state), "supervisord.log"))}, then npm run up again`;
  throw new DiagnosticsError([{ code: "supervisor-failed", severity: "error", path: name, message, hint }]);
}

/** Servers must not depend on who happened to start them, so they get few of the caller's variables. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function needed(binary: string): string {
  const found = findBinary([binary]);
  if (found === undefined) throw new Error(`${binary} is not installed: apt-get install supervisor`);
  return found;
}

async function end(pid: number): Promise<void> {
  process.kill(pid, "SIGTERM");
  if (!(await until(async () => !isAlive(pid), 30_000, 50))) process.kill(pid, "SIGKILL");
}

function listens(state: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(supervisorSocket(state));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
