import { type Visit, visit } from "./visits";

/** Requests under way at most; above it visitors stay away instead of piling up in front of a shop that is slow. */
const mostAtOnce = 100;
/** Longer than the slowest answer that a fault causes, so that the shop's own figures show it. */
const patienceMilliseconds = 10_000;

/** Sends visits at a steady rate, whether the shop answers or not. */
export class Visitors {
  #sent = 0;
  #underWay = 0;
  #reachable: boolean | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly shop: URL,
    readonly rate: number,
    readonly log: (line: string) => void,
  ) {}

  start(): void {
    const started = performance.now();
    let due = 0;
    const tick = (): void => {
      due += 1;
      void this.#send(visit(this.#sent++));
      // From the start, not from the last one: what a timer is late by does not add up to a lower rate.
      this.#timer = setTimeout(tick, Math.max(0, started + (due * 1000) / this.rate - performance.now()));
    };
    tick();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #send(next: Visit): Promise<void> {
    if (this.#underWay >= mostAtOnce) return;
    this.#underWay += 1;
    try {
      const response = await fetch(new URL(next.path, this.shop), {
        method: next.method,
        signal: AbortSignal.timeout(patienceMilliseconds),
        ...(next.method === "POST" && {
          body: JSON.stringify(next.body),
          headers: { "content-type": "application/json" },
        }),
      });
      await response.arrayBuffer();
      this.#reached(true);
    } catch {
      this.#reached(false);
    } finally {
      this.#underWay -= 1;
    }
  }

  #reached(reachable: boolean): void {
    if (this.#reachable === reachable) return;
    this.#reachable = reachable;
    this.log(reachable ? `load: ${this.shop.origin} answers` : `load: ${this.shop.origin} does not answer; going on`);
  }
}
