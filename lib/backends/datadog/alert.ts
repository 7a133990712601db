import type { Alert, Environment, Service } from "@watchbill/model";
import { alertTags } from "./calling";
import { endingCertificate, failingChecks, type Subject, takeApart } from "./condition";
import { offHoursDowntime } from "./downtime";
import { formerKeys } from "./former-keys";
import { alertMonitors, monitorKey } from "./monitor";
import { accepted, Refusal } from "./refusal";
import type { Downtime, Monitor } from "./resources";

/** What becomes of an alert. */
export interface AlertResources {
  readonly monitors: readonly Monitor[];
  readonly downtimes: readonly Downtime[];
  /** The uptime checks whose tests tell it, in place of a monitor. */
  readonly checks?: readonly string[];
  /** The check whose certificate has a test that tells it. */
  readonly certificateOf?: string;
}

const downtimesOf = (
  environment: Environment,
  service: Service,
  alert: Alert,
  { hours }: Subject,
  monitors: Downtime["monitors"],
) =>
  hours.flatMap((hour) =>
    offHoursDowntime(
      `${monitorKey(service, alert)}-${hour.calendar.name}`,
      monitors,
      `${alert.id} of ${service.name} in ${environment.name} is told in ${hour.calendar.name} only.`,
      hour,
    ).map((downtime) => ({
      ...downtime,
      ...formerKeys(service, alert, downtime.key.slice(monitorKey(service, alert).length)),
    })),
  );

/** A test's monitor has no key of its own: it is found by its tags. */
const byTags = (environment: Environment, service: Service, alert: Alert) => ({
  tags: alertTags(service, environment, alert.id, alert.severity),
});

/** An alert as monitors and downtimes, or as what a test of Synthetic Monitoring tells. */
export function alertResources(
  environment: Environment,
  service: Service,
  alert: Alert,
  wakes?: string,
): AlertResources | Refusal {
  const subject = takeApart(alert.when.test);
  const checks = failingChecks(subject);
  const certificateOf = endingCertificate(subject);
  const told = checks ?? (certificateOf === undefined ? undefined : [certificateOf]);
  if (told) {
    const lacking = told.find((check) => !service.checks.some(({ id }) => id === check));
    if (lacking !== undefined) {
      return new Refusal(
        `the check "${lacking}", which ${service.name} lacks`,
        `add it to the checks of ${service.name}`,
      );
    }
    const downtimes = downtimesOf(environment, service, alert, subject, byTags(environment, service, alert));
    return { monitors: [], downtimes, ...(checks ? { checks } : { certificateOf: told[0]! }) };
  }
  const monitors = alertMonitors(environment, service, alert, subject, wakes);
  if (!accepted(monitors)) return monitors;
  const downtimes = downtimesOf(environment, service, alert, subject, { monitor: monitorKey(service, alert) });
  return { monitors, downtimes };
}
