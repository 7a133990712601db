import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { atTheEnd, removeFolder, temporaryFolder } from "./temporary";

/** What one query gives: its only value, and how many samples it touched (`stats=all`). */
export interface Answer {
  /** Not a number where there is no series, or more than one. */
  readonly value: number;
  readonly samples: number;
}

/** Prometheus refuses a query; the message is its own. */
export class QueryError extends Error {}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port was given");
  return address.port;
}

/** The installed Prometheus on a temporary folder of its own, filled with blocks rather than by scrapes. */
export class Prometheus {
  readonly folder = temporaryFolder("tsdb");
  /** Where blocks go; a server that runs already does not see new ones at once, one that starts does. */
  readonly data = join(this.folder, "data");
  readonly #agent = new Agent({ keepAlive: true });
  #server: { readonly child: ChildProcess; readonly port: number } | undefined;
  #starting: Promise<string> | undefined;

  constructor() {
    mkdirSync(this.data);
  }

  /** Starts the server unless it runs, and gives its address when it answers. */
  start(): Promise<string> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<string> {
    const port = await freePort();
    const config = join(this.folder, "prometheus.yml");
    writeFileSync(config, "global: {}\n");
    const child = spawn(
      "prometheus",
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${this.data}`,
        "--storage.tsdb.retention.time=100y",
        // No compaction beside what is asked.
        "--storage.tsdb.min-block-duration=2h",
        "--storage.tsdb.max-block-duration=2h",
        `--web.listen-address=127.0.0.1:${port}`,
        "--query.max-samples=500000000",
        "--query.timeout=1h",
        "--log.level=error",
      ],
      // Collecting garbage a quarter as often is a tenth of the time of a long query.
      { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, GOGC: "400" } },
    );
    let words = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      words = `${words}${chunk}`.slice(-4000);
    });
    const calledOff = atTheEnd(() => child.kill("SIGKILL"));
    child.once("exit", calledOff);
    const failed = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(`it ended with ${code ?? signal}: ${words}`));
    });
    this.#server = { child, port };
    for (let attempt = 0; attempt < 1200; attempt++) {
      const ready = this.#fetch("/-/ready").then(
        ({ status }) => status === 200,
        () => false,
      );
      const ended = await Promise.race([ready, failed]);
      if (ended === true) return `http://127.0.0.1:${port}`;
      if (typeof ended === "string") throw new Error(`Prometheus does not start: ${ended}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`Prometheus is not ready after 30 s: ${words}`);
  }

  /** The raw answer of an API path such as `/api/v1/query`. */
  async ask(path: string, parameters: Readonly<Record<string, string>>): Promise<Buffer> {
    await this.start();
    const { status, body } = await this.#fetch(path, new URLSearchParams(parameters).toString());
    if (status === 200) return body;
    const error = (() => {
      try {
        return (JSON.parse(body.toString()) as { error?: string }).error;
      } catch {
        return undefined;
      }
    })();
    throw new QueryError(error ?? `HTTP ${status}`);
  }

  /** @param time seconds since 1970 */
  async query(expression: string, time: number): Promise<Answer> {
    const body = await this.ask("/api/v1/query", { query: expression, time: `${time}`, stats: "all" });
    const { data } = JSON.parse(body.toString()) as {
      readonly data: {
        readonly resultType: string;
        readonly result: readonly { readonly value: readonly [number, string] }[];
        readonly stats: { readonly samples: { readonly totalQueryableSamples: number } };
      };
    };
    const value = data.result.length === 1 ? Number(data.result[0]?.value[1]) : Number.NaN;
    return { value, samples: data.stats.samples.totalQueryableSamples };
  }

  async stop(): Promise<void> {
    const child = this.#server?.child;
    this.#server = undefined;
    this.#starting = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    // It has written nothing that anybody would miss.
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** Ends the server and removes its folder. */
  async remove(): Promise<void> {
    await this.stop();
    this.#agent.destroy();
    removeFolder(this.folder);
  }

  #fetch(path: string, form?: string): Promise<{ readonly status: number; readonly body: Buffer }> {
    return new Promise((resolve, reject) => {
      const options = {
        host: "127.0.0.1",
        port: this.#server?.port,
        path,
        method: form === undefined ? "GET" : "POST",
        agent: this.#agent,
        // Zipping takes longer than the loopback.
        headers: { "content-type": "application/x-www-form-urlencoded", "accept-encoding": "identity" },
      };
      const asked = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
        answer.on("error", reject);
      });
      asked.on("error", reject);
      asked.end(form);
    });
  }
}
