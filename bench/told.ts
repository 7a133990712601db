import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { repositoryRoot } from "../lib/runtime/repository-root";

const run = promisify(execFile);

/** What a script of bench/ says of itself, in JSON on its last line, run in a process of its own. */
export async function told<T>(script: string, ...words: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ["--require", "tsx/cjs", `bench/${script}`, ...words], {
    cwd: repositoryRoot,
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T;
}

export const inSeconds = (value: number) => `${value.toFixed(2)} s`.padStart(9);
export const inMebibytes = (value: number) => `${value.toFixed(0)} MiB`.padStart(9);
