import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Prometheus } from "../lib/replay/prometheus";

const run = promisify(execFile);

/** A Prometheus whose blocks promtool makes. */
export class RealPrometheus extends Prometheus {
  /** Adds samples in OpenMetrics text, each text a block of its own: a longer one is read again for each block in it. */
  async addSamples(texts: readonly string[]): Promise<void> {
    const waiting = texts.map((text, index) => ({ text, file: join(this.folder, `${index}.om`) }));
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        writeFileSync(next.file, next.text);
        await run("promtool", ["tsdb", "create-blocks-from", "openmetrics", "-q", next.file, this.data]);
        rmSync(next.file);
      }
    };
    await Promise.all([worker(), worker()]);
  }

  /** Adds what rules would have recorded, evaluated each 30 s; they can't read each other. */
  async addRecorded(rules: string, spans: readonly { readonly start: number; readonly end: number }[]): Promise<void> {
    const file = join(this.folder, "rules.yml");
    writeFileSync(file, rules);
    const url = await this.start();
    for (const { start, end } of spans) {
      const span = [`--start=${start}`, `--end=${end}`, "--eval-interval=30s", `--url=${url}`];
      const words = ["tsdb", "create-blocks-from", "rules", ...span, `--output-dir=${this.data}`, file];
      await run("promtool", words, { maxBuffer: 2 ** 28 });
    }
    // New blocks are seen at once only by a server that has just begun.
    await this.stop();
  }
}
