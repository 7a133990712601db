import {
  type Alert,
  comparisonOf,
  type Duration,
  type Environment,
  kebab,
  type Region,
  type Service,
  type UptimeCheck,
} from "@watchbill/model";
import { formatQuantity } from "../../format-quantity";
import { alertTags, priorityOf, renotifyInterval, serviceTags } from "./calling";
import { formerKeys } from "./former-keys";
import { alertMessage, type Write } from "./message";
import { titled } from "./monitor";
import { Refusal } from "./refusal";
import type { SyntheticsAssertion, SyntheticsTest } from "./resources";

/** Datadog's managed locations, one a region (GET /api/v1/synthetics/locations). */
const locations: Readonly<Record<Region, string>> = {
  africa: "aws:af-south-1",
  asia: "aws:ap-northeast-1",
  europe: "aws:eu-central-1",
  "north-america": "aws:us-east-1",
  oceania: "aws:ap-southeast-2",
  "south-america": "aws:sa-east-1",
};

/** Seconds between two runs that Datadog offers for API tests. */
const intervals = [30, 60, 300, 900, 1800, 3600, 21600, 43200, 86400, 604800] as const;

/** A certificate's end is known weeks ahead. */
const CERTIFICATE_EVERY = 21600;

/** The longest that a test may fail before it calls. */
const LONGEST_FAILURE = 7200;

const nearest = (seconds: number) =>
  intervals.reduce((best, one) =>
    Math.abs(Math.log(one / seconds)) < Math.abs(Math.log(best / seconds)) ? one : best,
  );

function assertions({ expect }: UptimeCheck): readonly SyntheticsAssertion[] {
  return [
    { type: "statusCode", operator: "is", target: expect.status },
    ...(expect.within
      ? [{ type: "responseTime", operator: "lessThan", target: expect.within.value * 1000 } as const]
      : []),
    ...(expect.body !== undefined ? [{ type: "body", operator: "contains", target: expect.body } as const] : []),
  ];
}

/** A test that fails has no value to show: what it tells is that none of its runs passed. */
const noRunPassed = () => "0";

export const syntheticsKey = (service: Service, check: UptimeCheck) => `${service.name}-${check.id}`;

const named = (alert: Alert, { id }: UptimeCheck): Alert => ({
  ...alert,
  description: alert.description.replaceAll("{label:check}", id),
});

/**
 * A check as tests: one that asks, and one that looks at the certificate for each alert on its end. A check without an
 * alert calls nobody and is there to be seen; it looks at the certificate where it expects something of that. A single location that
 * fails is that location's trouble: more than half of them have to, after two more tries each.
 */
export function syntheticsTests(
  environment: Environment,
  service: Service,
  check: UptimeCheck,
  alert: Alert | undefined,
  certificates: readonly Alert[] = [],
): readonly SyntheticsTest[] | Refusal {
  const failing = alert?.for.value ?? 0;
  if (failing > LONGEST_FAILURE) return new Refusal("a check that may fail for more than two hours", "shorten `for`");
  if (check.every.value < intervals[0] || check.every.value > 604800) {
    return new Refusal(`a check every ${check.every.value} s`, "make it between 30 seconds and 7 days");
  }
  const places = [...new Set(check.regions.map((region) => locations[region]))].sort();
  const address = new URL(check.path, environment.at[service.name]?.url);
  const key = syntheticsKey(service, check);
  const common = (told: Alert | undefined, write: Write) => ({
    status: "live" as const,
    message: told
      ? // A test has no tags but those of its runs; which check it is is known.
        alertMessage(environment, service, named(told, check), { write })
      : `The check "${check.id}" fails. No alert hangs on it: it calls nobody.`,
    tags: [
      ...(told ? alertTags(service, environment, told.id, told.severity) : serviceTags(service, environment)),
      `check:${check.id}`,
    ].sort(),
    locations: places,
  });
  const options = (told: Alert | undefined) => ({
    minFailureDuration: failing,
    minLocationFailed: Math.floor(places.length / 2) + 1,
    retry: { count: 2, interval: 1000 },
    monitorName: titled(service, environment, told?.summary ?? `The check "${check.id}" fails.`),
    ...(told && { monitorPriority: priorityOf(told.severity), renotifyInterval: renotifyInterval(told.severity) }),
  });
  const request: SyntheticsTest = {
    ...common(alert, noRunPassed),
    key,
    ...formerKeys(service, check),
    name: titled(service, environment, `Check ${check.id}`),
    subtype: "http",
    request: { method: "GET", url: address.href, timeout: check.timeout.value },
    assertions: assertions(check),
    options: {
      ...options(alert),
      tickEvery: nearest(check.every.value),
      // A check that expects a redirect must see it.
      followRedirects: check.expect.status < 300 || check.expect.status >= 400,
      httpVersion: "any",
    },
  };
  if (address.protocol !== "https:") return [request];
  const { certificateFor } = check.expect;
  const certificate = (ends: Alert | undefined, limit: Duration, suffix: string): SyntheticsTest => ({
    ...common(ends, () => formatQuantity(limit)),
    key: `${key}-${suffix}`,
    ...formerKeys(service, check, `-${suffix}`),
    name: titled(service, environment, `Certificate of ${check.id}${ends ? `: ${ends.id}` : ""}`),
    subtype: "ssl",
    request: { host: address.hostname, port: Number(address.port || 443) },
    assertions: [{ type: "certificate", operator: "isInMoreThan", target: Math.ceil(limit.value / 86400) }],
    options: {
      ...options(ends),
      minFailureDuration: 0,
      tickEvery: CERTIFICATE_EVERY,
      monitorName: titled(service, environment, ends?.summary ?? "The certificate is about to end."),
      acceptSelfSigned: false,
      checkCertificateRevocation: true,
    },
  });
  if (certificates.length === 0)
    return certificateFor ? [request, certificate(alert, certificateFor, "certificate")] : [request];
  return [
    request,
    ...certificates.map((ends) =>
      certificate(ends, comparisonOf(ends.when.test)!.threshold as Duration, `certificate-${kebab(ends.id)}`),
    ),
  ];
}
