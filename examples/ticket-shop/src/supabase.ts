import { setTimeout as sleep } from "node:timers/promises";
import type { Metrics } from "./metrics";

/** How long it takes to keep a file, in milliseconds. */
const milliseconds = 15;

/** Stands for Supabase, where the files of sold tickets are kept. */
export class Supabase {
  constructor(readonly metrics: Metrics) {}

  async keep(): Promise<void> {
    const answered = this.metrics.externalDuration.startTimer({ api: "supabase" });
    await sleep(milliseconds);
    answered();
    this.metrics.externalCalls.inc({ api: "supabase", status: "success" });
  }
}
