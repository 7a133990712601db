import { median } from "./measure";
import { inMebibytes, inSeconds, told } from "./told";

interface Run {
  readonly resources: number;
  readonly seconds: number;
  readonly memory: number;
}

const rounds = 3;

/** Terraform resources of many services, synthesized here and by bare CDKTF, in turn. */
export async function synth(size = 700): Promise<void> {
  const runs = { ours: [] as Run[], bare: [] as Run[] };
  for (let round = 0; round < rounds; round++) {
    for (const way of ["bare", "ours"] as const) runs[way].push(await told<Run>("synth-run.ts", way, `${size}`));
  }
  console.log(`synthesize ${runs.ours[0]?.resources} monitors and dashboards (median of ${rounds}, taken in turn)`);
  const middle = (way: readonly Run[], of: (run: Run) => number) => median(way.map(of));
  for (const [way, title] of [
    ["bare", "bare CDKTF"],
    ["ours", "this project's stacks"],
  ] as const) {
    const time = inSeconds(middle(runs[way], ({ seconds }) => seconds));
    console.log(`  ${title.padEnd(28)}${time}${inMebibytes(middle(runs[way], ({ memory }) => memory))}`);
  }
  const ratio = median(runs.ours.map((run, index) => run.seconds / (runs.bare[index]?.seconds ?? Number.NaN)));
  console.log(`  that is ${ratio.toFixed(2)} of the time\n`);
}
