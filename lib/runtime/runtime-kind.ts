import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticsError } from "@watchbill/model";
import { deployedServers } from "./deployed";

export const runtimeKinds = ["docker", "processes"] as const;

/** How the servers of one environment are run; what `local` becomes depends on the machine. */
export type RuntimeKind = (typeof runtimeKinds)[number];

/**
 * How `local` runs here: as WATCHBILL_RUNTIME says; else as it runs already, so that a daemon which comes or goes moves
 * nothing; else on Docker where a daemon answers, and as processes where none does. Throws a `DiagnosticsError` for a
 * runtime that does not exist.
 *
 * @param state the environment's state folder
 */
export function localRuntime(state: string, variables: NodeJS.ProcessEnv = process.env): RuntimeKind {
  const named = variables.WATCHBILL_RUNTIME;
  if (named !== undefined && named !== "") return checkedKind(named);
  return deployedRuntime(state) ?? (dockerAnswers(variables) ? "docker" : "processes");
}

/** How the environment's servers run at present; undefined when none were brought up. */
export function deployedRuntime(state: string): RuntimeKind | undefined {
  if (deployedServers(state).length > 0) return "processes";
  return hasContainers(join(state, "terraform.tfstate")) ? "docker" : undefined;
}

function hasContainers(terraformState: string): boolean {
  try {
    return readFileSync(terraformState, "utf8").includes('"type": "docker_container"');
  } catch {
    return false;
  }
}

function checkedKind(name: string): RuntimeKind {
  const kind = runtimeKinds.find((one) => one === name);
  if (kind !== undefined) return kind;
  const message = `there is no runtime "${name}"`;
  const hint = `say ${runtimeKinds.join(" or ")}`;
  throw new DiagnosticsError([{ code: "unknown-runtime", severity: "error", path: "local", message, hint }]);
}

/** Whether a Docker daemon answers within 2 s. */
export function dockerAnswers(variables: NodeJS.ProcessEnv = process.env): boolean {
  const { status } = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], {
    stdio: "ignore",
    timeout: 2_000,
    env: variables,
  });
  return status === 0;
}
