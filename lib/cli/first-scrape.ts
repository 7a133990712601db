import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@watchbill/model";
import { jobOf } from "../conventions";
import { ask, urlOf } from "../runtime/ready";
import type { Server } from "../runtime/server";
import { faultsOn } from "./faults";
import type { Outcome } from "./print";

const patience = 60_000;

/** Waits until Prometheus has scraped every service; a fault that is switched on may well keep it from that. */
export async function awaitScrapes(
  environment: Environment,
  state: string,
  servers: readonly Server[],
): Promise<Outcome> {
  const faults = faultsOn(environment.name, state, servers);
  if (faults.length > 0) return { ok: true, said: `faults are switched on: ${faults.join(", ")}` };
  const prometheus = urlOf(servers.find((server) => server.name === "prometheus") ?? { ports: {} });
  const jobs = environment.services
    .filter(({ name }) => (environment.at[name]?.targets.service ?? []).length > 0)
    .map((service) => jobOf(service, "service"));
  const missing = new Set(jobs);
  for (const start = Date.now(); Date.now() - start < patience; await sleep(200)) {
    for (const job of missing) if (await isScraped(prometheus, job)) missing.delete(job);
    if (missing.size === 0) return { ok: true, said: `Prometheus scrapes ${jobs.join(", ")}` };
  }
  const seconds = patience / 1000;
  return { ok: false, said: `not scraped within ${seconds} s: ${[...missing].join(", ")}; see ${prometheus}/targets` };
}

async function isScraped(prometheus: string | undefined, job: string): Promise<boolean> {
  const query = encodeURIComponent(`up{job="${job}"} == 1`);
  const { body } = await ask(`${prometheus}/api/v1/query?query=${query}`);
  return /"result":\[\{/.test(body);
}
