import type { Diagnostic, Environment } from "@watchbill/model";
import { checkAcross } from "./checks/across";
import type { Surroundings } from "./checks/check";
import { type CompiledEnvironment, compile } from "./compile";

/** All environments, compiled, and everything that is wrong with them, one by one and held against each other. */
export function compileAll(
  environments: readonly Environment[],
  surroundings: Surroundings,
): { readonly compiled: readonly CompiledEnvironment[]; readonly diagnostics: readonly Diagnostic[] } {
  const compiled = environments.map((environment) => compile(environment, surroundings));
  const own = compiled.flatMap(({ diagnostics }) => diagnostics);
  return { compiled, diagnostics: [...own, ...checkAcross(compiled, surroundings)] };
}
