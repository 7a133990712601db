import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@watchbill/model";
import { repositoryRoot } from "../runtime/repository-root";

/** The kind of backend that Terraform was last initialized with in a stack's folder; nothing where it was not. */
function formerBackend(folder: string): string | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, ".terraform/terraform.tfstate"), "utf8")).backend?.type;
  } catch {
    return undefined;
  }
}

/**
 * Variables for a run of Terraform. Another `WATCHBILL_STATE` is another stack with a state file of its own: nothing is to
 * be moved there from the former one, which is what Terraform would ask about and end. Between a file and a place that a
 * team shares the state has to be moved, so there it shall ask.
 */
export function initVariables(
  { name, state }: Pick<Environment, "name" | "state">,
  variables: NodeJS.ProcessEnv = process.env,
  folder = join(repositoryRoot, "cdktf.out/stacks", name),
): NodeJS.ProcessEnv {
  if (state !== undefined || formerBackend(folder) !== "local") return {};
  const given = variables.TF_CLI_ARGS_init;
  return { TF_CLI_ARGS_init: given ? `${given} -reconfigure` : "-reconfigure" };
}
