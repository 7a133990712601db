import { measure } from "./measure";
import { inMebibytes, inSeconds, told } from "./told";

const days = 30;

/** A month of samples, written as a block, and production's rules evaluated on them at each of their evaluations. */
export async function replayBench(): Promise<void> {
  const { samples } = await told<{ readonly samples: number }>("replay-run.ts", "write", "1");
  const millions = Math.round((samples * days) / 1e6);
  console.log(
    `replay production's rules on ${days} days of made samples, a scrape each 15 s: ${millions} million of them`,
  );
  for (const [what, words] of [
    ["write", "make the samples and write them"],
    ["replay", "the same, and evaluate the rules"],
  ] as const) {
    const { seconds, memory } = await measure(["node", "--import", "tsx", "bench/replay-run.ts", what, `${days}`], {});
    console.log(`  ${words.padEnd(36)}${inSeconds(seconds)}${inMebibytes(memory)}`);
  }
}
