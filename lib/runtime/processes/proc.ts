import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A running process, as Linux's /proc shows it. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Executable and arguments; empty for kernel threads and for zombies. */
  readonly command: readonly string[];
}

/** Every process there is. */
export function listProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .flatMap((pid) => {
      const stat = read(pid, "stat");
      const command = read(pid, "cmdline");
      if (stat === undefined || command === undefined) return [];
      // The name in brackets may contain anything, brackets too: the parent's id is the second field after the last one.
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return [{ pid, parent, command: command.split("\0").slice(0, -1) }];
    });
}

/** Its command line, on one line that is short enough to be read. */
export function commandLine({ command }: Process): string {
  const words = command.join(" ").replace(/\s+/g, " ");
  return words.length > 80 ? `${words.slice(0, 80)}…` : words;
}

/** An environment variable that the process was started with; undefined too where we may not look. */
export function variableOf(pid: number, name: string): string | undefined {
  const entry = read(pid, "environ")
    ?.split("\0")
    .find((line) => line.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

/** Sockets that the process has open, by inode; empty where we may not look. */
export function socketsOf(pid: number): string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** Whether a process of this id runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  const stat = read(pid, "stat");
  return stat !== undefined && stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
}

/** A process can end, or belong to somebody else, between being listed and being read. */
function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
