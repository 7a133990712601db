import { detectionBench } from "./detection";
import { objectives } from "./objectives";
import { replayBench } from "./replay";
import { scale } from "./scale";
import { simulator } from "./simulator";
import { start } from "./start";
import { synth } from "./synth";

/** What the project promises to be quick at, measured here and now; absolute times depend on the machine. */
const benches = { start, scale, synth, objectives, detection: detectionBench, simulator, replay: replayBench };

async function main(words: readonly string[]): Promise<void> {
  const unknown = words.filter((word) => !(word in benches));
  if (unknown.length > 0) {
    console.error(
      `there is no bench "${unknown.join('", "')}": name some of ${Object.keys(benches).join(", ")}, or none for all`,
    );
    process.exitCode = 2;
    return;
  }
  for (const [name, bench] of Object.entries(benches)) {
    if (words.length === 0 || words.includes(name)) await bench();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
