import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { endEverything } from "../../runtime/processes/prune";
import { readable } from "../../runtime/repository-root";
import { localRuntime } from "../../runtime/runtime-kind";
import { secretsFolder, stateFolder } from "../../runtime/state-folder";
import { unwritableFolders } from "../../runtime/writable";
import { runStep } from "../deploy";
import { destroyOptions } from "../destroy-options";
import { printMistakes, Steps } from "../print";

/** Destroys the environment's servers on this machine. Their data stays, unless it is to be purged. */
export async function down(name: string, { purge }: { purge?: boolean }): Promise<number> {
  const state = stateFolder(name);
  const options = destroyOptions(name, state);
  const unfit = unwritableFolders(name, state, { needsRoom: false });
  if (unfit.length > 0) {
    printMistakes(unfit);
    return 1;
  }
  const runtime = localRuntime(state);
  const { ok, code = 1 } = await runStep(new Steps(), "destroy", { name, state, runtime, ...options });
  if (!ok) return code;
  const ended = await endEverything(state);
  if (ended.length > 0) console.log(`  Ended too, since Terraform knew nothing of them: ${ended.join(", ")}.`);
  if (purge) await purgeState(state);
  else if (existsSync(state))
    console.log(`  Data and logs stay in ${readable(state)}; npm run down -- --purge removes them.`);
  return 0;
}

/** Secrets were put there by hand and can't be had back by deploying again, so they are left. */
async function purgeState(state: string): Promise<void> {
  const secrets = secretsFolder(state);
  const kept = (await readdir(secrets).catch(() => [])).length > 0;
  const entries = (await readdir(state).catch(() => [])).map((entry) => join(state, entry));
  const gone = kept ? entries.filter((path) => path !== secrets) : [state];
  await Promise.all(gone.map((path) => rm(path, { recursive: true, force: true })));
  console.log(`  ${readable(state)} is removed${kept ? `, but for your secrets in ${readable(secrets)}` : ""}.`);
}
