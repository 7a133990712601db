import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinary } from "../../lib/runtime/programs";

/** Debian keeps PostgreSQL's own programs in a folder of their version, off the PATH. */
export function findPostgres(name: "initdb" | "postgres"): string | undefined {
  const versions = "/usr/lib/postgresql";
  const folders = readable(versions).map((version) => join(versions, version, "bin"));
  return findBinary([name], [...folders.reverse(), process.env.PATH ?? ""].join(":"));
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder).sort((a, b) => Number(a) - Number(b));
  } catch {
    return [];
  }
}

/** Who runs PostgreSQL, which refuses to be run by root; nothing where that isn't us. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

/** A folder of its own for whoever shall own it. */
export function ownFolder(owner?: { readonly uid: number; readonly gid: number }) {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-store-"));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A program that a test starts, stops and starts again. */
export class Running {
  #child: ChildProcess | undefined;

  constructor(
    private readonly command: readonly [string, ...string[]],
    private readonly options: { readonly env?: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number } = {},
  ) {}

  start(): void {
    const [program, ...words] = this.command;
    const { env = {}, ...owner } = this.options;
    this.#child = spawn(program, words, { stdio: "ignore", cwd: "/", env: { ...process.env, ...env }, ...owner });
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }
}
