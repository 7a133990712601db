import { setTimeout as sleep } from "node:timers/promises";
import { every } from "./every";
import type { Faults } from "./fault-switch";

/** How long the payment provider takes, in milliseconds. */
const providerMilliseconds = 25;

/** How a payment ends: `declined` is the bank's answer, `failed` is nobody's. */
export type Payment = "paid" | "declined" | "failed";

/** Stands for the payment provider: takes its time, passes on what banks decline, and fails only while the fault is on. */
export class Payments {
  readonly #fails = every(0.8);
  readonly #declines = every(0.03);

  constructor(readonly faults: Faults) {}

  async take(): Promise<Payment> {
    await sleep(providerMilliseconds);
    if (this.faults.has("payments") && this.#fails()) return "failed";
    return this.#declines() ? "declined" : "paid";
  }
}
