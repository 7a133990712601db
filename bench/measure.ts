import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../lib/runtime/repository-root";

export interface Measured {
  readonly seconds: number;
  /** Largest sum of the resident memory of the command and all that it started, sampled each 50 ms; in MiB. */
  readonly memory: number;
  /** Resident memory of the largest of these processes, in MiB: what `time` tells. */
  readonly largest: number;
}

const pageSize = 4096;

/** Resident memory of a process and of each of its descendants, in bytes; nothing where /proc isn't. */
function treeMemory(root: number): readonly number[] {
  const parents = new Map<number, { parent: number; memory: number }>();
  try {
    for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
      const stat = readStat(name);
      if (stat) parents.set(Number(name), stat);
    }
  } catch {
    return [];
  }
  const below = (id: number): boolean => id === root || (parents.has(id) && below(parents.get(id)!.parent));
  return [...parents].filter(([id]) => below(id)).map(([, { memory }]) => memory);
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

/** Runs a command to its end, in this repository unless elsewhere. Throws when it fails. */
export function measure(
  command: readonly string[],
  variables: NodeJS.ProcessEnv,
  folder = repositoryRoot,
): Promise<Measured> {
  const [executable = "", ...words] = command;
  const start = process.hrtime.bigint();
  const child = spawn(executable, words, {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...variables },
  });
  // Words of warning would stand between the figures: they are told where it fails.
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  let memory = 0;
  let largest = 0;
  const timer = setInterval(() => {
    if (child.pid === undefined) return;
    const each = treeMemory(child.pid);
    memory = Math.max(
      memory,
      each.reduce((total, one) => total + one, 0),
    );
    largest = Math.max(largest, ...each);
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`${join(executable)} ${words.join(" ")} ended with ${code}\n${said}`));
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      resolve({ seconds, memory: memory / 1024 ** 2, largest: largest / 1024 ** 2 });
    });
  });
}

export const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export const rounds = 3;

interface Command {
  readonly words: readonly string[];
  /** Default: this repository. */
  readonly folder?: string;
}

/** Runs each of the commands as often, in turn. */
export async function alternate(commands: Readonly<Record<string, Command>>, variables: NodeJS.ProcessEnv = {}) {
  const runs = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, { words, folder }] of Object.entries(commands)) {
      runs.set(name, [...(runs.get(name) ?? []), await measure(words, variables, folder)]);
    }
  }
  return runs;
}
