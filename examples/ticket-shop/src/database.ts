import { setTimeout as sleep } from "node:timers/promises";
import type { Metrics, Operation } from "./metrics";

/** The pool had no connection to give in time. */
export class PoolExhausted extends Error {
  constructor(waited: number) {
    super(`no database connection became free within ${waited} ms`);
  }
}

/** How long each operation holds its connection, in milliseconds, as a small PostgreSQL nearby would. */
const work: Record<Operation, number> = {
  select_events: 4,
  select_event: 2,
  insert_order: 6,
  update_order: 5,
  ping: 1,
};

export interface PoolOptions {
  /** Connections at most; default 10. */
  readonly max?: number;
  /** Milliseconds after which a query that got no connection gives up; default 2000. */
  readonly patience?: number;
}

/**
 * A connection pool with no database behind it. Connections are counted, waited for first come, first served, and given
 * up on after a while, as in a real pool; only the query's own work is a pause.
 */
export class Database {
  readonly max: number;
  readonly #patience: number;
  readonly #metrics: Metrics;
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #mend: (() => void) | undefined;

  constructor(metrics: Metrics, options: PoolOptions = {}) {
    this.max = options.max ?? 10;
    this.#patience = options.patience ?? 2000;
    this.#metrics = metrics;
    metrics.connectionsMax.set(this.max);
  }

  get active(): number {
    return this.#active;
  }

  /**
   * Runs one query.
   *
   * @param patience milliseconds to wait for a connection, default the pool's own
   * @throws PoolExhausted when none became free in time
   */
  async query(operation: Operation, patience: number = this.#patience): Promise<void> {
    const stop = this.#metrics.queryDuration.startTimer({ operation });
    try {
      await this.#acquire(patience);
      await sleep(work[operation]);
      this.#release();
    } finally {
      stop();
    }
  }

  /** Lets sessions that never finish take every connection, ahead of whoever waits; `false` ends those sessions. */
  exhaust(on: boolean): void {
    if (!on) {
      this.#mend?.();
      this.#mend = undefined;
    } else if (this.#mend === undefined) {
      const mended = new Promise<void>((resolve) => {
        this.#mend = resolve;
      });
      for (let session = 0; session < this.max; session++) {
        void this.#acquire(Number.POSITIVE_INFINITY, "first").then(async () => {
          await mended;
          this.#release();
        });
      }
    }
  }

  #acquire(patience: number, place: "first" | "last" = "last"): Promise<void> {
    if (this.#active < this.max) {
      this.#setActive(this.#active + 1);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const granted = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const givenUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        reject(new PoolExhausted(patience));
      };
      const timer = Number.isFinite(patience) ? setTimeout(givenUp, patience) : undefined;
      if (place === "first") this.#waiting.unshift(granted);
      else this.#waiting.push(granted);
    });
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#setActive(this.#active - 1);
    else next();
  }

  #setActive(active: number): void {
    this.#active = active;
    this.#metrics.connectionsActive.set(active);
  }
}
