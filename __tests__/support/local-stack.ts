import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { Checkout } from "./checkout";

/** A checkout of its own with the local stack in it, on ports that a developer's own stack doesn't use. */
export class LocalStack extends Checkout {
  readonly #variables: NodeJS.ProcessEnv;

  /** Below the ports that Linux gives to whoever connects: one of these could be taken at any moment. */
  constructor(private readonly offset = 10_000 + (process.pid % 1_000) * 13) {
    super();
    this.#variables = { WATCHBILL_PORT_OFFSET: `${offset}`, WATCHBILL_RUNTIME: "processes", WATCHBILL_STATE: "" };
  }

  /** Runs `watchbill …`; what it printed, and how long it took. */
  run(...words: string[]): { code: number | null; printed: string; seconds: number } {
    const start = Date.now();
    const { status, stdout, stderr } = this.spawn("node", ["lib/cli/bootstrap.mjs", ...words], this.#variables);
    return { code: status, printed: `${stdout}${stderr}`, seconds: (Date.now() - start) / 1000 };
  }

  url(port: number, path: string): string {
    return `http://127.0.0.1:${port + this.offset}${path}`;
  }

  async json<T>(port: number, path: string): Promise<T> {
    const answer = await fetch(this.url(port, path));
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** The value of an instant query with one series. */
  async value(query: string): Promise<number> {
    const { data } = await this.json<{ data: { result: { value: [number, string] }[] } }>(
      9090,
      `/api/v1/query?query=${encodeURIComponent(query)}`,
    );
    return Number(data.result[0]?.value[1]);
  }

  /** Process ids of everything that runs out of this checkout or its state. */
  processes(): number[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((name) => {
        try {
          const words = readFileSync(`/proc/${name}/cmdline`, "utf8");
          const folder = readlinkSync(`/proc/${name}/cwd`);
          return words.includes(this.root) || folder.startsWith(this.root);
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  /** The process of one server. */
  processOf(words: string): number {
    const found = this.processes().filter((id) => readFileSync(`/proc/${id}/cmdline`, "utf8").includes(words));
    if (found.length !== 1) throw new Error(`${found.length} processes of ${words}`);
    return found[0]!;
  }
}

/** Asks again each 200 ms until there is an answer; throws what it was waiting for when there is none in time. */
export async function eventually<T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not within ${seconds} s: ${what}${last === undefined ? "" : ` (${last})`}`);
}
