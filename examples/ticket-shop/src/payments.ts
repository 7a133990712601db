import { setTimeout as sleep } from "node:timers/promises";
import { every } from "./every";
import type { Faults } from "./fault-switch";

/** How long the payment provider takes, in milliseconds. */
const providerMilliseconds = 25;

/** Stands for the payment provider: takes its time, and declines nothing unless the fault is on. */
export class Payments {
  readonly #declines = every(0.8);

  constructor(readonly faults: Faults) {}

  /** @returns whether the money was taken */
  async take(): Promise<boolean> {
    await sleep(providerMilliseconds);
    return !(this.faults.has("payments") && this.#declines());
  }
}
