import { spawnSync } from "node:child_process";

/** What a `docker` command came back with; `ok` is false as well where there is no such command. */
export interface DockerAnswer {
  readonly ok: boolean;
  readonly printed: string;
  /** What it printed to stderr. */
  readonly complaint: string;
}

/** Runs Docker's own client, which knows the user's contexts and keys. */
export function docker(words: readonly string[], variables: NodeJS.ProcessEnv = process.env, timeout = 60_000) {
  const { status, stdout, stderr } = spawnSync("docker", words, { encoding: "utf8", timeout, env: variables });
  const answer: DockerAnswer = { ok: status === 0, printed: (stdout ?? "").trim(), complaint: (stderr ?? "").trim() };
  return answer;
}

/** The lines that a `docker` command printed; none if it failed. */
export function dockerLines(words: readonly string[], variables: NodeJS.ProcessEnv = process.env): string[] {
  const { ok, printed } = docker(words, variables);
  return ok && printed !== "" ? printed.split("\n") : [];
}
