import { environments } from "../../../environments";
import { checkManifests, writeManifests } from "../../manifests";
import { repositoryRoot } from "../../runtime/repository-root";
import { printMistakes } from "../print";

/** Writes manifests/ anew, or says what in it is stale. */
export async function manifests({ check }: { check?: boolean }): Promise<number> {
  if (check) {
    const stale = checkManifests(repositoryRoot, environments);
    printMistakes(stale);
    return stale.length > 0 ? 1 : 0;
  }
  const changed = writeManifests(repositoryRoot, environments);
  for (const path of changed) console.log(`manifests/${path}`);
  console.log(changed.length === 0 ? "manifests/ is as it should be." : `${changed.length} files changed.`);
  return 0;
}
