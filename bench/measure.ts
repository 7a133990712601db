import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../lib/runtime/repository-root";

export interface Measured {
  readonly seconds: number;
  /** Largest sum of the resident memory of the command and all that it started, sampled each 50 ms; in MiB. */
  readonly memory: number;
}

const pageSize = 4096;

/** Resident memory of a process and its descendants, in bytes; 0 where /proc isn't. */
function treeMemory(root: number): number {
  const parents = new Map<number, { parent: number; memory: number }>();
  try {
    for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
      const stat = readStat(name);
      if (stat) parents.set(Number(name), stat);
    }
  } catch {
    return 0;
  }
  const below = (id: number): boolean => id === root || (parents.has(id) && below(parents.get(id)!.parent));
  return [...parents].reduce((total, [id, { memory }]) => (below(id) ? total + memory : total), 0);
}

function readStat(name: string) {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return { parent: Number(fields[1]), memory: Number(fields[21]) * pageSize };
  } catch {
    return undefined;
  }
}

/** Runs a command of this repository to its end. Throws when it fails. */
export function measure(command: readonly string[], variables: NodeJS.ProcessEnv): Promise<Measured> {
  const [executable = "", ...words] = command;
  const start = process.hrtime.bigint();
  const child = spawn(executable, words, {
    cwd: repositoryRoot,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...variables },
  });
  let memory = 0;
  const timer = setInterval(() => {
    if (child.pid !== undefined) memory = Math.max(memory, treeMemory(child.pid));
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`${join(executable)} ${words.join(" ")} ended with ${code}`));
      resolve({ seconds: Number(process.hrtime.bigint() - start) / 1e9, memory: memory / 1024 ** 2 });
    });
  });
}

export const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
