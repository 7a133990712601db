import type { Duration, Environment, Selection, Service, UptimeCheck } from "@watchbill/model";
import { lapsed } from "../../lapse";

/**
 * Seconds between two checks at most: a sample that is five minutes old is gone for whoever reads it, and an alert on it
 * would come and go. Half of that, so that one lost check makes no gap.
 */
const rarest = 150;

/** Time between two checks, as Prometheus makes them. */
export function probeInterval(environment: Environment, { every }: UptimeCheck): Duration {
  const declared = lapsed(environment, every);
  return declared.value > rarest ? { ...declared, value: rarest } : declared;
}

/** The ids of the checks that a selection names; all of the service's where it names none. */
export function checksRead({ checks }: Service, { metric, matchers }: Selection): readonly string[] {
  if (metric.source !== "blackbox") return [];
  const named = matchers.filter(({ label, operator }) => label === "check" && operator === "=");
  return named.length > 0 ? named.map(({ value }) => value) : checks.map(({ id }) => id);
}

/** How many results come at a time: one a check that is read, or one a target. */
export const resultsAtATime = (environment: Environment, service: Service, of: Selection): number =>
  of.metric.source === "blackbox"
    ? checksRead(service, of).length
    : (environment.at[service.name]?.targets[of.metric.source]?.length ?? 0);

/** Time between two results of what is probed: that of the rarest check, or of the scrape that brings the results. */
export function resultInterval(environment: Environment, service: Service, of: Selection): Duration {
  const read = checksRead(service, of);
  const intervals = service.checks
    .filter(({ id }) => read.includes(id))
    .map((check) => probeInterval(environment, check))
    .sort((a, b) => b.value - a.value);
  return intervals[0] ?? lapsed(environment, environment.scrapeEvery);
}
