import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one query gives: its only value, and how many samples it touched (`stats=all`). */
export interface Answer {
  /** Not a number where there is no series, or more than one. */
  readonly value: number;
  readonly samples: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port was given");
  return address.port;
}

/** The installed Prometheus on a folder of its own, filled with blocks rather than by scrapes. */
export class RealPrometheus {
  readonly #folder = mkdtempSync(join(tmpdir(), "watchbill-tsdb-"));
  #server: { readonly child: ChildProcess; readonly url: string } | undefined;

  /** Adds samples in OpenMetrics text, each text a block of its own: a longer one is read again for each block in it. */
  async addSamples(texts: readonly string[]): Promise<void> {
    const waiting = texts.map((text, index) => ({ text, file: join(this.#folder, `${index}.om`) }));
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        writeFileSync(next.file, next.text);
        await run("promtool", ["tsdb", "create-blocks-from", "openmetrics", "-q", next.file, this.#data()]);
        rmSync(next.file);
      }
    };
    await Promise.all([worker(), worker()]);
  }

  /** Adds what rules would have recorded, evaluated each 30 s; they can't read each other. */
  async addRecorded(rules: string, spans: readonly { readonly start: number; readonly end: number }[]): Promise<void> {
    const file = join(this.#folder, "rules.yml");
    writeFileSync(file, rules);
    const url = await this.start();
    for (const { start, end } of spans) {
      const span = [`--start=${start}`, `--end=${end}`, "--eval-interval=30s", `--url=${url}`];
      const words = ["tsdb", "create-blocks-from", "rules", ...span, `--output-dir=${this.#data()}`, file];
      await run("promtool", words, { maxBuffer: 2 ** 28 });
    }
    // New blocks are seen at once only by a server that has just begun.
    await this.stop();
  }

  async start(): Promise<string> {
    if (this.#server) return this.#server.url;
    const port = await freePort();
    const config = join(this.#folder, "prometheus.yml");
    writeFileSync(config, "global: {}\n");
    const child = spawn(
      "prometheus",
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${this.#data()}`,
        "--storage.tsdb.retention.time=10y",
        // A block a day at most: its own compaction would go on beside what is measured.
        "--storage.tsdb.max-block-duration=2h",
        `--web.listen-address=127.0.0.1:${port}`,
        "--query.max-samples=500000000",
        "--log.level=error",
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const url = `http://127.0.0.1:${port}`;
    this.#server = { child, url };
    for (let attempt = 0; attempt < 300; attempt++) {
      if (
        await fetch(`${url}/-/ready`)
          .then((one) => one.ok)
          .catch(() => false)
      )
        return url;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("Prometheus is not ready after 30 s");
  }

  async query(expression: string, time: number): Promise<Answer> {
    const url = await this.start();
    const body = new URLSearchParams({ query: expression, time: `${time}`, stats: "all" });
    const answer = (await (await fetch(`${url}/api/v1/query`, { method: "POST", body })).json()) as {
      readonly error?: string;
      readonly data?: {
        readonly result: readonly { readonly value: readonly [number, string] }[];
        readonly stats: { readonly samples: { readonly totalQueryableSamples: number } };
      };
    };
    if (!answer.data) throw new Error(`${expression}: ${answer.error}`);
    const { result, stats } = answer.data;
    const value = result.length === 1 ? Number(result[0]?.value[1]) : Number.NaN;
    return { value, samples: stats.samples.totalQueryableSamples };
  }

  async stop(): Promise<void> {
    const child = this.#server?.child;
    this.#server = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #data = () => join(this.#folder, "data");
}
