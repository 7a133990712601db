import { spawn } from "node:child_process";
import { once } from "node:events";
import { repositoryRoot } from "../../runtime/repository-root";

/** Runs bench/main.ts in a process of its own, so that it measures nothing of this one. */
export async function bench(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", "bench/main.ts", ...words], {
    cwd: repositoryRoot,
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  return code ?? 1;
}
