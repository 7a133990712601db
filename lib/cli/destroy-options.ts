import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { repositoryRoot } from "../runtime/repository-root";
import { initVariables } from "./state-backend";

/** How cdktf is run. */
export interface CdktfOptions {
  readonly variables: NodeJS.ProcessEnv;
  readonly options: readonly string[];
}

/**
 * How an environment is destroyed. Processes are ended by what the last synthesis left, and the declarations are not even
 * loaded: in the middle of a change they may be broken, which is no reason to let the servers run. Anything else is
 * synthesized anew.
 */
export function destroyOptions(name: string, state: string, outdir = join(repositoryRoot, "cdktf.out")): CdktfOptions {
  if (isSynthesized(join(outdir, "stacks", name), state)) {
    return { variables: initVariables({ name }), options: ["--skip-synth"] };
  }
  const { environmentHere } = require("./environment") as typeof import("./environment");
  return { variables: initVariables(environmentHere(name)), options: [] };
}

/** Whether the folder has a stack of processes whose state is in this state folder; it may have been made for another. */
function isSynthesized(folder: string, state: string): boolean {
  try {
    const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    const path: string | undefined = stack.terraform?.backend?.local?.path;
    if (path === undefined || resolve(folder, path) !== join(state, "terraform.tfstate")) return false;
    return stack.resource?.terraform_data?.all_servers !== undefined && existsSync(join(folder, "servers.json"));
  } catch {
    return false;
  }
}
