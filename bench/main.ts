import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../environments";
import { compile } from "../lib/compile";
import { surroundings } from "../lib/project";
import { repositoryRoot } from "../lib/runtime/repository-root";
import { type Measured, measure, median } from "./measure";

/** What the project promises to be quick at, measured here and now; absolute times depend on the machine. */

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

const seconds = (value: number) => `${value.toFixed(2)} s`.padStart(9);
const mebibytes = (value: number) => `${value.toFixed(0)} MiB`.padStart(9);

async function main(): Promise<void> {
  const { first, warm } = compileTimes();
  console.log(`compile ${environments.length} environments to plain data`);
  console.log(`  first${seconds(first)}   again${seconds(warm)}\n`);

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
    console.log(`  ${name.padEnd(28)}${seconds(time)}${mebibytes(memory)}`);
  }
  const [deep, barrel] = [...runs.values()];
  if (!deep || !barrel) return;
  const ratio = (of: (one: Measured) => number) => median(barrel.map((one, index) => of(one) / of(deep[index]!)));
  console.log(
    `  barrels cost ${ratio((one) => one.seconds).toFixed(1)} times the time and ${ratio((one) => one.memory).toFixed(1)} times the memory`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
