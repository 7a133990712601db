import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { repositoryRoot } from "../runtime/repository-root";
import type { RuntimeKind } from "../runtime/runtime-kind";
import { logsFolder } from "../runtime/state-folder";
import type { CdktfOptions } from "./destroy-options";
import { exitCodeOf, untilClosed } from "./interruption";

interface CdktfRun {
  readonly ok: boolean;
  /** The exit code of a command that was told to end while this ran. */
  readonly interrupted?: number;
  readonly printed: string;
  /** File with all that was printed. */
  readonly log: string;
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` of one stack, without questions.
 *
 * @param heard is called with each line that a server's own apply printed: `prometheus: started`
 */
export async function runCdktf(
  verb: "deploy" | "destroy",
  stack: string,
  {
    state,
    runtime,
    heard,
    variables,
    options,
  }: {
    readonly state: string;
    readonly runtime: RuntimeKind;
    readonly heard: (line: string) => void;
  } & CdktfOptions,
): Promise<CdktfRun> {
  const log = join(logsFolder(state), `${verb}.log`);
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  // A disk that has become full keeps nobody from going on; what was printed is in memory, too.
  file.on("error", () => {});
  const program = join(repositoryRoot, "node_modules/cdktf-cli/bundle/bin/cdktf");
  // `terraform providers lock` fetches the providers a second time, past any mirror: what init noted down is enough.
  const words = [program, verb, stack, "--auto-approve", "--skip-provider-lock", ...options];
  const child = spawn(process.execPath, words, {
    cwd: repositoryRoot,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...variables,
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      FORCE_COLOR: "0",
      WATCHBILL_RUNTIME: runtime,
    },
  });
  let printed = "";
  const hear = (chunk: Buffer) => {
    const text = stripVTControlCharacters(String(chunk));
    printed += text;
    file.write(text);
    for (const [, line] of text.matchAll(/\(local-exec\): ([a-z0-9-]+: [a-z]+)$/gm)) heard(line!);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const { code, interrupted } = await untilClosed(child);
  file.end();
  return {
    ok: code === 0 && interrupted === undefined,
    printed,
    log,
    ...(interrupted && { interrupted: exitCodeOf(interrupted) }),
  };
}
