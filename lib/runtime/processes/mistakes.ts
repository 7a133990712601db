import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Diagnostic } from "@watchbill/model";
import { containerOf } from "../docker/container-of";
import { fill } from "../placeholders";
import { commandOf } from "../programs";
import { readable, repositoryRoot } from "../repository-root";
import type { Program, Server } from "../server";
import { secretsFolder } from "../state-folder";
import { foldersOf } from "./folders";
import { isOwn } from "./own-processes";
import { type PortHolder, portHolders } from "./port-holder";
import { commandLine, variableOf } from "./proc";
import { markerVariable } from "./run-script";

const run = promisify(execFile);

/** What keeps a server from running here, whatever its files say: its programs and its secrets. */
export async function missingParts(state: string, server: Server): Promise<Diagnostic[]> {
  const programs = [server.program, ...(server.check === undefined ? [] : [server.check.program])];
  return [...programs.flatMap((program) => missingProgram(server, program)), ...(await missingSecrets(state, server))];
}

/** Secrets of the server that are not in the environment's folder of secrets, or empty there. */
export async function missingSecrets(state: string, server: Server): Promise<Diagnostic[]> {
  return (await Promise.all(server.secrets.map((secret) => missingSecret(state, server, secret)))).flat();
}

function missingProgram(server: Server, program: Program): Diagnostic[] {
  if (commandOf(program) !== undefined) return [];
  if ("script" in program) {
    const message = `${program.script} is not there`;
    return [mistake("program-missing", server, message, "name a TypeScript file of this repository")];
  }
  const message = `${program.binaries[0]} is not installed`;
  return [mistake("program-missing", server, message, `apt-get install ${program.debian}`)];
}

async function missingSecret(state: string, server: Server, secret: string): Promise<Diagnostic[]> {
  const file = join(secretsFolder(state), secret);
  const content = await readFile(file, "utf8").catch(() => undefined);
  if (content !== undefined && content.trim() !== "") return [];
  const message = content === undefined ? `the secret ${secret} is missing` : `the secret ${secret} is empty`;
  return [mistake("secret-missing", server, message, `write it to ${readable(file)}`)];
}

/** Ports of the server that a program which is none of ours listens on. */
export function takenPorts(
  state: string,
  server: Server,
  holders = portHolders(Object.values(server.ports)),
): Diagnostic[] {
  return Object.values(server.ports).flatMap((port) => {
    const holder = holders.find((one) => one.port === port);
    if (holder === undefined || (holder.process !== undefined && isOwn(state, holder.process))) return [];
    const [who, end] = describe(holder);
    const hint = `${end}, or take other ports: WATCHBILL_PORT_OFFSET=1000 npm run up`;
    return [mistake("port-taken", server, `port ${port} is taken by ${who}`, hint)];
  });
}

/** Who holds a port, and how to make it leave. */
function describe({ process }: PortHolder): readonly [who: string, end: string] {
  if (process === undefined) return ["a process of another user", "have that user end it"];
  const { pid } = process;
  const elsewhere = variableOf(pid, markerVariable);
  if (elsewhere !== undefined) return [`another watchbill's server (${elsewhere})`, "npm run down there"];
  // Docker would start it again.
  const container = containerOf(pid);
  if (container !== undefined) {
    const ours = container.startsWith("watchbill-") ? "npm run down in its checkout, or " : "";
    return [`the container ${container}`, `${ours}docker stop ${container}`];
  }
  return [`process ${pid} (${commandLine(process)})`, `end it (kill ${pid})`];
}

/** What the server's checker says against the files of a release. */
export async function refusedFiles(state: string, server: Server, release: string): Promise<Diagnostic[]> {
  if (server.check === undefined) return [];
  const command = commandOf(server.check.program);
  if (command === undefined) return missingProgram(server, server.check.program);
  const folders = foldersOf(state, server, release);
  const [executable = "", ...words] = [...command, ...server.check.arguments.map((word) => fill(word, folders))];
  try {
    await run(executable, words, { cwd: repositoryRoot });
    return [];
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as { stdout?: string; stderr?: string; message: string };
    const said = checkerWords(`${stdout}\n${stderr}`, folders.config) || message;
    return [mistake("files-refused", server, said, "mend the declaration; the files in use stay as they were")];
  }
}

/**
 * One line of what promtool, amtool or an exporter printed: without what it found good, without the times of its log,
 * and without the folder that the files were in.
 */
export function checkerWords(printed: string, folder: string): string {
  const lines = printed
    .replaceAll(`${folder}/`, "")
    .split("\n")
    .map((line) => line.trim().replace(/^(Checking '.*' +)?FAILED: |^ts=\S+ caller=\S+ level=error /, ""))
    .filter((line) => line !== "" && !/^(Checking |SUCCESS|FAILED:|ts=|amtool: error: failed to validate)/.test(line));
  return [...new Set(lines)].join("; ").replaceAll(":; ", ": ");
}

/** A mistake at a server of the environment that the state folder belongs to. */
export function mistake(code: string, server: Pick<Server, "name">, message: string, hint: string): Diagnostic {
  return { code, severity: "error", path: server.name, message, hint };
}
