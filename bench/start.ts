import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../environments";
import { compile } from "../lib/compile";
import { surroundings } from "../lib/project";
import { repositoryRoot } from "../lib/runtime/repository-root";
import { alternate, type Measured, median, rounds } from "./measure";
import { inMebibytes, inSeconds } from "./told";

/** Median time of compiling all environments to plain data, in a process that has just begun and in one that has not. */
function compileTimes() {
  const around = surroundings();
  const times = Array.from({ length: 10 }, () => {
    const start = process.hrtime.bigint();
    for (const environment of environments) compile(environment, around);
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return { first: times[0] ?? Number.NaN, warm: median(times) };
}

/** A project whose app makes no stack: what its synthesis takes is the CDKTF command's own. */
function emptyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-bench-"));
  const manifest = JSON.stringify({ version: "0.21.0", stacks: {} });
  const app = `mkdir -p "$CDKTF_OUTDIR" && echo '${manifest}' > "$CDKTF_OUTDIR/manifest.json"`;
  const settings = { language: "typescript", app, projectId: "nothing", sendCrashReports: "false" };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify(settings));
  return folder;
}

/** All environments of this repository: compiling, and what deep imports save. */
export async function start(): Promise<void> {
  const { first, warm } = compileTimes();
  console.log(`compile ${environments.length} environments to plain data`);
  console.log(`  first${inSeconds(first)}   again${inSeconds(warm)}\n`);

  const nothing = emptyProject();
  const scratch = mkdtempSync(join(tmpdir(), "watchbill-bench-"));
  const variables = { CDKTF_OUTDIR: scratch, CHECKPOINT_DISABLE: "1", CI: "1", WATCHBILL_RUNTIME: "processes" };
  const synth = [join(repositoryRoot, "node_modules/.bin/cdktf"), "synth"];
  const runs = await alternate(
    {
      "main.ts, deep imports": { words: ["node", "--require", "tsx/cjs", "main.ts"] },
      "main.ts, providers' barrels": { words: ["node", "--require", "tsx/cjs", "bench/barrel.ts"] },
      "cdktf synth": { words: synth },
      "cdktf synth of nothing": { words: synth, folder: nothing },
    },
    variables,
  );
  for (const folder of [scratch, nothing]) rmSync(folder, { recursive: true });
  console.log(`synthesize ${environments.length} stacks (median of ${rounds}, taken in turn)`);
  console.log(`${"".padEnd(30)}${"time".padStart(9)}${"memory".padStart(11)}   largest process`);
  for (const [name, measured] of runs) {
    const middle = (of: (one: Measured) => number) => median(measured.map(of));
    const memory = `${inMebibytes(middle((one) => one.memory))}   ${inMebibytes(middle((one) => one.largest))}`;
    console.log(`  ${name.padEnd(28)}${inSeconds(middle(({ seconds }) => seconds))}  ${memory}`);
  }
  const [deep, barrel] = [...runs.values()];
  if (!deep || !barrel) return;
  const ratio = (of: (one: Measured) => number) => median(barrel.map((one, index) => of(one) / of(deep[index]!)));
  console.log(
    `  barrels cost ${ratio((one) => one.seconds).toFixed(1)} times the time and ${ratio((one) => one.memory).toFixed(1)} times the memory`,
  );
}
