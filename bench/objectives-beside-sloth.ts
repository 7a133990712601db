import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinary } from "../lib/runtime/programs";
import { alternate, median, rounds } from "./measure";
import { inMebibytes, inSeconds } from "./told";

const many = 1000;

/** One service with one 30-day objective, as Sloth has it (https://sloth.dev/specs/default/). */
const slothSpec = (index: number) => `version: prometheus/v1
service: service-${index}
slos:
  - name: availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="service-${index}",status=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="service-${index}"}[{{.window}}]))
    alerting:
      name: ErrorBudgetBurn
      page_alert: {}
      ticket_alert: {}
`;

/** Turns a thousand objectives into rules, the whole process, in turn with Sloth where that is installed. */
export async function objectivesBesideSloth(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-bench-"));
  try {
    const spec = join(folder, "objectives.yml");
    writeFileSync(spec, Array.from({ length: many }, (_, index) => slothSpec(index)).join("---\n"));
    const sloth = findBinary(["sloth"]);
    const runs = await alternate({
      watchbill: { words: ["node", "--require", "tsx/cjs", "bench/objectives-run.ts", `${many}`] },
      ...(sloth && { sloth: { words: [sloth, "generate", "-i", spec, "-o", join(folder, "rules.yml")] } }),
    });
    console.log(`1,000 objectives into rules, the whole process (median of ${rounds}, taken in turn)`);
    for (const [name, all] of runs) {
      const seconds = inSeconds(median(all.map((one) => one.seconds)));
      console.log(`  ${name.padEnd(12)}${seconds}${inMebibytes(median(all.map(({ largest }) => largest)))}`);
    }
    if (!sloth) console.log("  (Sloth is not on the PATH; 0.16 was measured at 0.88 s and 322 MB elsewhere)");
    console.log();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
