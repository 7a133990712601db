import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticsError } from "@watchbill/model";
import { deployedServers } from "./deployed";
import { unfitDocker } from "./docker/daemon";

export const runtimeKinds = ["docker", "processes"] as const;

/** How the servers of one environment are run; what `local` becomes depends on the machine. */
export type RuntimeKind = (typeof runtimeKinds)[number];

/** A choice that was made for the user, with the reason where it may surprise. */
export interface RuntimeChoice {
  readonly kind: RuntimeKind;
  readonly why?: string;
}

/**
 * How `local` runs here: as WATCHBILL_RUNTIME says; else as it runs already, so that a daemon which comes or goes moves
 * nothing; else on Docker where its daemon is one of this machine, and as processes otherwise. Throws a
 * `DiagnosticsError` for a runtime that does not exist.
 *
 * @param state the environment's state folder
 */
export function chooseRuntime(state: string, variables: NodeJS.ProcessEnv = process.env): RuntimeChoice {
  const kind = namedRuntime(variables) ?? deployedRuntime(state);
  if (kind !== undefined) return { kind };
  const unfit = unfitDocker(variables);
  if (unfit === undefined) return { kind: "docker" };
  // That there is no Docker surprises nobody.
  return { kind: "processes", ...(unfit.code !== "docker-missing" && { why: unfit.message }) };
}

export const localRuntime = (state: string, variables: NodeJS.ProcessEnv = process.env): RuntimeKind =>
  chooseRuntime(state, variables).kind;

/** The runtime that WATCHBILL_RUNTIME asks for. */
export function namedRuntime(variables: NodeJS.ProcessEnv = process.env): RuntimeKind | undefined {
  const name = variables.WATCHBILL_RUNTIME;
  return name === undefined || name === "" ? undefined : checkedKind(name);
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
