import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostic } from "@watchbill/model";
import { removeLeftovers, removeVolumes } from "../../runtime/docker/containers";
import { unfitDocker } from "../../runtime/docker/daemon";
import { stackName } from "../../runtime/docker/names";
import { removeMadeSecrets } from "../../runtime/made-secrets";
import { endEverything } from "../../runtime/processes/prune";
import { readable } from "../../runtime/repository-root";
import { deployedRuntime, localRuntime, type RuntimeKind } from "../../runtime/runtime-kind";
import { secretsFolder, stateFolder } from "../../runtime/state-folder";
import { unwritableFolders } from "../../runtime/writable";
import { runStep } from "../deploy";
import { destroyOptions } from "../destroy-options";
import { printMistakes, Steps } from "../print";

/** Destroys the environment's servers on this machine. Their data stays, unless it is to be purged. */
export async function down(name: string, { purge }: { purge?: boolean }): Promise<number> {
  const state = stateFolder(name);
  const options = destroyOptions(name, state);
  const unwritable = unwritableFolders(name, state, { needsRoom: false });
  if (unwritable.length > 0) {
    printMistakes(unwritable);
    return 1;
  }
  const runtime = deployedRuntime(state) ?? localRuntime(state);
  const unfit = runtime === "docker" ? unfitDocker() : undefined;
  if (unfit !== undefined && deployedRuntime(state) !== undefined) return withoutDaemon(name, state, unfit, purge);
  const { ok, code = 1 } = await runStep(new Steps(), "destroy", { name, state, runtime, ...options });
  if (!ok) return code;
  const ended = await endEverything(state);
  if (ended.length > 0) console.log(`  Ended too, since Terraform knew nothing of them: ${ended.join(", ")}.`);
  const stack = stackName(name, state);
  if (runtime === "docker") removeLeftovers(stack, state);
  if (purge) await purgeAll(stack, state);
  else if (existsSync(state))
    console.log(`  ${whatStays(runtime, stack, state)}; npm run down -- --purge removes them.`);
  return 0;
}

const whatStays = (runtime: RuntimeKind, stack: string, state: string) =>
  runtime === "docker"
    ? `Data stays in Docker's volumes ${stack}-…-data, logs in ${readable(state)}`
    : `Data and logs stay in ${readable(state)}`;

/** What Docker has can't be destroyed without it, but it can be forgotten, so that there is a way on. */
async function withoutDaemon(name: string, state: string, unfit: Diagnostic, purge = false): Promise<number> {
  const stack = stackName(name, state);
  if (!purge) {
    const message = `${unfit.message}, so that the containers ${stack}-… stay`;
    const hint = "start Docker and npm run down again, or forget them: npm run down -- --purge";
    printMistakes([{ ...unfit, path: name, message, hint }]);
    return 1;
  }
  await purgeState(state, [await putAside(state)]);
  console.log(`  Docker still has the containers and the volumes ${stack}-…; once it runs, npm run down -- --purge`);
  console.log("  removes them.");
  return 0;
}

/** Terraform's state would bring Docker's runtime back; what it knows may yet be wanted. */
async function putAside(state: string): Promise<string> {
  const aside = join(state, "terraform.tfstate.aside");
  await rename(join(state, "terraform.tfstate"), aside);
  return aside;
}

/** Also what Docker kept of an earlier time, if its daemon answers. */
async function purgeAll(stack: string, state: string): Promise<void> {
  if (unfitDocker() === undefined) {
    removeLeftovers(stack, state);
    const volumes = removeVolumes(stack);
    if (volumes.length > 0) console.log(`  Docker's volumes ${stack}-… are removed.`);
  }
  await purgeState(state);
}

/** Secrets that were put there by hand can't be had back by deploying again, so they are left. */
async function purgeState(state: string, others: readonly string[] = []): Promise<void> {
  removeMadeSecrets(state);
  const secrets = secretsFolder(state);
  const kept = (await readdir(secrets).catch(() => [])).length > 0;
  const stays = [...others, ...(kept ? [secrets] : [])];
  const entries = (await readdir(state).catch(() => [])).map((entry) => join(state, entry));
  const gone = stays.length > 0 ? entries.filter((path) => !stays.includes(path)) : [state];
  await Promise.all(gone.map((path) => rm(path, { recursive: true, force: true })));
  console.log(`  ${readable(state)} is removed${kept ? `, but for your secrets in ${readable(secrets)}` : ""}.`);
}
