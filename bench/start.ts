import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../environments";
import { compile } from "../lib/compile";
import { surroundings } from "../lib/project";
import { repositoryRoot } from "../lib/runtime/repository-root";
import { type Measured, measure, median } from "./measure";
import { inMebibytes, inSeconds } from "./told";

const rounds = 3;

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

async function alternate(commands: Readonly<Record<string, readonly string[]>>) {
  const out = mkdtempSync(join(tmpdir(), "watchbill-bench-"));
  const variables = { CDKTF_OUTDIR: out, CHECKPOINT_DISABLE: "1", CI: "1", WATCHBILL_RUNTIME: "processes" };
  const runs = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      runs.set(name, [...(runs.get(name) ?? []), await measure(command, variables)]);
    }
  }
  rmSync(out, { recursive: true });
  return runs;
}

/** All environments of this repository: compiling, and what deep imports save. */
export async function start(): Promise<void> {
  const { first, warm } = compileTimes();
  console.log(`compile ${environments.length} environments to plain data`);
  console.log(`  first${inSeconds(first)}   again${inSeconds(warm)}\n`);

  const tsx = ["node", "--import", "tsx"];
  const runs = await alternate({
    "main.ts, deep imports": [...tsx, "main.ts"],
    "main.ts, providers' barrels": [...tsx, "bench/barrel.ts"],
    "cdktf synth": [join(repositoryRoot, "node_modules/.bin/cdktf"), "synth"],
  });
  console.log(
    `synthesize ${environments.length} stacks (median of ${rounds}, taken in turn; memory of all its processes)`,
  );
  for (const [name, measured] of runs) {
    const time = median(measured.map((one) => one.seconds));
    const memory = median(measured.map((one) => one.memory));
    console.log(`  ${name.padEnd(28)}${inSeconds(time)}${inMebibytes(memory)}`);
  }
  const [deep, barrel] = [...runs.values()];
  if (!deep || !barrel) return;
  const ratio = (of: (one: Measured) => number) => median(barrel.map((one, index) => of(one) / of(deep[index]!)));
  console.log(
    `  barrels cost ${ratio((one) => one.seconds).toFixed(1)} times the time and ${ratio((one) => one.memory).toFixed(1)} times the memory`,
  );
}
