import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { DiagnosticsError } from "@watchbill/model";
import { readable } from "../repository-root";
import { commandLine, listProcesses, type Process, socketsOf } from "./proc";

/** As long as Linux allows, since some versions of Node fill a shorter one up with zeros: it would be another name. */
const nameLength = 107;

/**
 * Does the work while nobody else does work under the same name in the same state folder: Terraform applies several
 * servers at once, and a user may run two deploys.
 *
 * The lock is an abstract socket of Linux, not a file: the kernel gives it to one process only, and takes it back when
 * that process ends, however it ends. A file would have to be judged: half-written, left over, from before a reboot, or
 * with the id of a process that is another by now.
 *
 * @param what is locked: `supervisord`, `server prometheus`
 * @throws DiagnosticsError when somebody else holds it for longer than the patience
 */
export async function withLock<T>(state: string, what: string, work: () => Promise<T>, patience = 60_000): Promise<T> {
  const hash = createHash("sha512").update(`${state}\n${what}`).digest("hex");
  const name = `watchbill-${hash}`.slice(0, nameLength);
  const deadline = Date.now() + patience;
  let socket = await take(name);
  for (; socket === undefined; socket = await take(name)) {
    if (Date.now() > deadline) throw held(state, what, holderOf(name));
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    await give(socket);
  }
}

/** The socket that is the lock; undefined where somebody else has it. */
function take(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    // Nobody has anything to say on it.
    const socket = createServer((connection) => connection.destroy());
    socket.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    socket.listen(`\0${name}`, () => resolve(socket));
  });
}

const give = (socket: Server) => new Promise<void>((resolve) => socket.close(() => resolve()));

/** Whose socket it is, where we may look. */
function holderOf(name: string): Process | undefined {
  const line = readFileSync("/proc/net/unix", "utf8")
    .split("\n")
    .find((one) => one.endsWith(` @${name}`));
  const inode = line?.split(/\s+/)[6];
  return inode === undefined ? undefined : listProcesses().find(({ pid }) => socketsOf(pid).includes(inode));
}

function held(state: string, what: string, holder: Process | undefined): DiagnosticsError {
  const who = holder === undefined ? "another process" : `process ${holder.pid} (${commandLine(holder)})`;
  const message = `${readable(state)}: ${who} has been at work on it for too long`;
  const hint =
    holder === undefined ? "wait until it has ended" : `wait until it has ended, or end it (kill ${holder.pid})`;
  return new DiagnosticsError([{ code: "state-locked", severity: "error", path: what, message, hint }]);
}
