import type { Environment } from "@watchbill/model";
import { type CompiledEnvironment, compile } from "../compile";
import { surroundings } from "../project";
import { repositoryRoot } from "../runtime/repository-root";
import type { RuntimeKind } from "../runtime/runtime-kind";
import type { Server } from "../runtime/server";
import { grafanaServer, serversOf } from "../servers";

/** The environment, compiled; with everything that is wrong with its declarations. */
export const compiledHere = (environment: Environment): CompiledEnvironment =>
  compile(environment, surroundings(repositoryRoot, process.env));

/** The servers that a deploy of the environment brings up on this machine. */
export function declaredServers(compiled: CompiledEnvironment, runtime: RuntimeKind): readonly Server[] {
  return runtime === "docker" ? [...serversOf(compiled), grafanaServer(compiled)] : serversOf(compiled);
}
