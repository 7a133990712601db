import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { randomFrom } from "../lib/drills/random";
import { replay, type Series, writeSamples } from "../lib/replay/replay";
import { readRules } from "../lib/replay/rules";
import { selectorsOf } from "../lib/replay/selectors";
import { repositoryRoot } from "../lib/runtime/repository-root";

/** One run of the bench, in a process of its own: `write` or `replay`, and so many days. */

const scrape = 15_000;
const folder = join(repositoryRoot, "manifests/production/prometheus/rules");
const rules = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const bounds = ["0.05", "0.1", "0.5", "1", "2.5", "5", "+Inf"];

/** A label set for each thing that the rules tell apart, two instances of a counter, seven buckets of a histogram. */
function labelSets(): readonly Series["labels"][] {
  const found = new Map<string, Series["labels"]>();
  const add = (labels: Series["labels"]) => found.set(JSON.stringify(Object.entries(labels).sort()), labels);
  const all = readRules(rules, scrape);
  const recorded = new Set(["ALERTS", ...all.flatMap(({ kind, name }) => (kind === "recording" ? name : []))]);
  for (const { matchers } of all.flatMap(({ expr }) => selectorsOf(expr))) {
    const labels = Object.fromEntries(
      matchers.filter(({ op }) => op === "=").map(({ label, value }) => [label, value]),
    );
    const { __name__: name = "" } = labels;
    if (name === "" || recorded.has(name)) continue;
    if (matchers.some(({ label, op }) => label === "status" && op === "=~")) labels.status = "500";
    if (name.endsWith("_bucket")) for (const le of bounds) add({ instance: "a", ...labels, le });
    else add({ instance: "a", ...labels });
    if (name.endsWith("_total")) add({ ...labels, instance: "b", ...(labels.status && { status: "200" }) });
  }
  return [...found.values()];
}

function* made(start: number, days: number): Generator<Series> {
  const many = (days * 86_400_000) / scrape;
  const times = Float64Array.from({ length: many }, (_, index) => start + index * scrape);
  for (const [seed, labels] of labelSets().entries()) {
    const random = randomFrom(seed);
    const { __name__: name = "", status, le } = labels;
    const share =
      status === "500" ? 0.0005 : le === undefined ? 1 : le === "+Inf" ? 1 : Math.min(0.999, 0.9 + Number(le));
    const values = new Float64Array(many);
    let count = 0;
    for (let index = 0; index < many; index++) {
      if (/_(total|count|sum|bucket)$/.test(name)) count += Math.floor(300 * share * random() + share);
      else count = /up$|success/.test(name) ? 1 : 0.3 + 0.01 * random();
      values[index] = count;
    }
    yield { labels, times, values };
  }
}

async function main([what, days]: readonly string[]): Promise<void> {
  const start = Date.UTC(2026, 0, 5);
  const samples = await writeSamples(made(start, Number(days)));
  if (what === "replay") {
    await replay({
      data: samples,
      rules,
      from: start,
      to: start + Number(days) * 86_400_000 - scrape,
      interval: scrape,
    });
  }
  samples.remove();
  console.log(JSON.stringify({ samples: samples.count }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
