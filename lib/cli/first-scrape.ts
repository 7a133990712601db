import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@watchbill/model";
import { jobOf } from "../conventions";
import { lapsed } from "../lapse";
import { ask, urlOf } from "../runtime/ready";
import type { Server } from "../runtime/server";
import { faultsOn } from "./faults";
import type { Outcome } from "./print";

/** At the least; where scrapes are rare, as long as two of them take. */
const patience = 60_000;

/**
 * Waits until Prometheus has scraped every service; a fault that is switched on may well keep it from that.
 *
 * @param since milliseconds since 1970: it shows its last sample for five minutes, and that may be of an earlier run
 */
export async function awaitScrapes(
  environment: Environment,
  state: string,
  servers: readonly Server[],
  since: number,
): Promise<Outcome> {
  const faults = faultsOn(environment.name, state, servers);
  if (faults.length > 0) return { ok: true, said: `faults are switched on: ${faults.join(", ")}` };
  const prometheus = urlOf(servers.find((server) => server.name === "prometheus") ?? { ports: {} });
  const jobs = environment.services
    .filter(({ name }) => (environment.at[name]?.targets.service ?? []).length > 0)
    .map((service) => jobOf(service, "service"));
  const missing = new Set(jobs);
  const twoScrapes = 2000 * lapsed(environment, environment.scrapeEvery).value;
  const longest = Math.max(patience, twoScrapes);
  for (const start = Date.now(); Date.now() - start < longest; await sleep(200)) {
    for (const job of missing) if (await isScraped(prometheus, job, since)) missing.delete(job);
    if (missing.size === 0) return { ok: true, said: `Prometheus scrapes ${jobs.join(", ")}` };
  }
  const seconds = longest / 1000;
  return { ok: false, said: `not scraped within ${seconds} s: ${[...missing].join(", ")}; see ${prometheus}/targets` };
}

async function isScraped(prometheus: string | undefined, job: string, since: number): Promise<boolean> {
  const up = `up{job="${job}"}`;
  const query = encodeURIComponent(`${up} == 1 and timestamp(${up}) > ${since / 1000}`);
  const { body } = await ask(`${prometheus}/api/v1/query?query=${query}`);
  return /"result":\[\{/.test(body);
}
