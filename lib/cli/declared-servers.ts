import type { Diagnostic, Environment } from "@watchbill/model";
import { environments } from "../../environments";
import { type CompiledEnvironment, compile } from "../compile";
import { compileAll } from "../compile-all";
import { surroundings } from "../project";
import { repositoryRoot } from "../runtime/repository-root";
import type { RuntimeKind } from "../runtime/runtime-kind";
import type { Server } from "../runtime/server";
import { grafanaServer, serversOf } from "../servers";

/** The environment, compiled; with everything that is wrong with its declarations. */
export const compiledHere = (environment: Environment): CompiledEnvironment =>
  compile(environment, surroundings(repositoryRoot, process.env));

/**
 * The same, with everything that keeps a deploy of it from being synthesized: mistakes in any environment, and differences
 * between two that nobody declared.
 */
export function compiledAmongAll(
  { name }: Environment,
  all: readonly Environment[] = environments,
): { readonly compiled: CompiledEnvironment | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { compiled, diagnostics } = compileAll(all, surroundings(repositoryRoot, process.env));
  return { compiled: compiled.find(({ environment }) => environment.name === name), diagnostics };
}

/** The servers that a deploy of the environment brings up on this machine. */
export function declaredServers(compiled: CompiledEnvironment, runtime: RuntimeKind): readonly Server[] {
  return runtime === "docker" ? [...serversOf(compiled), grafanaServer(compiled)] : serversOf(compiled);
}
