import { objectivesBesideSloth } from "./objectives-beside-sloth";
import { inMebibytes, inSeconds, told } from "./told";

interface Run {
  readonly data: { readonly seconds: number; readonly memory: number };
  readonly texts: { readonly seconds: number; readonly memory: number };
}

/** Services of 20 alerts, 2 objectives, 3 dashboards and 4 checks each, compiled for one environment; and objectives alone. */
export async function scale(): Promise<void> {
  console.log(
    "compile services to plain data, then write their files (20 alerts, 2 objectives, 3 dashboards, 4 checks each)",
  );
  console.log("    services     data   a service    memory    files    memory");
  for (const size of [10, 30, 100, 300, 1000]) {
    const { data, texts } = await told<Run>("scale-run.ts", `${size}`);
    const each = `${((data.seconds / size) * 1000).toFixed(1)} ms`.padStart(12);
    const row = [
      inSeconds(data.seconds),
      each,
      inMebibytes(data.memory),
      inSeconds(texts.seconds),
      inMebibytes(texts.memory),
    ];
    console.log(`  ${`${size}`.padStart(10)}${row.join("")}`);
  }
  console.log();
  await objectivesBesideSloth();
}
