import {
  type Alert,
  type Duration,
  type Environment,
  type Selection,
  type Service,
  selectionsRead,
  type UptimeCheck,
  uptimeMetrics,
} from "@watchbill/model";
import { lapsed } from "../../lapse";

/**
 * Seconds between two checks at most: a sample that is five minutes old is gone for whoever reads it, and an alert on it
 * would come and go. Half of that, so that one lost check makes no gap.
 */
const rarest = 150;

/** Results that fail before anybody is told: one alone is a lost packet. */
const fewestFailures = 2;

/** The alerts of a service that look at the result of a check. */
export const alertsOnResult = (service: Service, { id }: UptimeCheck): readonly Alert[] =>
  service.watch.flatMap(({ alerts }) =>
    alerts.filter(({ when }) =>
      selectionsRead(when.test).some(
        (read) => read.metric.name === uptimeMetrics.success.name && checksRead(service, read).includes(id),
      ),
    ),
  );

/**
 * Time between two checks, as Prometheus makes them: so often that an alert which looks at them has seen two failures
 * before its time is up, since a result stands until the next one. No sooner than a scrape; and on a time lapse not so soon
 * that a check has less time to answer than it has anyway.
 */
export function probeInterval(environment: Environment, service: Service, check: UptimeCheck): Duration {
  const holds = alertsOnResult(service, check).map((alert) => alert.for.value / fewestFailures);
  const wanted = Math.max(environment.scrapeEvery.value, Math.min(...holds));
  const declared = lapsed(environment, check.every);
  const soonest = Math.min(declared.value, check.timeout.value);
  const every = { ...declared, value: Math.max(soonest, Math.min(declared.value, wanted / environment.lapse)) };
  return every.value > rarest ? { ...every, value: rarest } : every;
}

/** The ids of the checks that a selection names; all of the service's where it names none. */
export function checksRead({ checks }: Service, { metric, matchers }: Selection): readonly string[] {
  if (metric.source !== "blackbox") return [];
  const named = matchers.filter(({ label, operator }) => label === "check" && operator.startsWith("="));
  const ids = named.flatMap(({ operator, value }) => {
    if (operator === "=") return [value];
    // Several that are listed are each meant, whether there is such a check or not.
    if (/^[\w|-]+$/.test(value)) return value.split("|");
    return checks.map(({ id }) => id).filter((id) => new RegExp(`^(?:${value})$`).test(id));
  });
  return named.length > 0 ? ids : checks.map(({ id }) => id);
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
    .map((check) => probeInterval(environment, service, check))
    .sort((a, b) => b.value - a.value);
  return intervals[0] ?? lapsed(environment, environment.scrapeEvery);
}
