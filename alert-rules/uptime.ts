import {
  alert,
  below,
  count,
  type Duration,
  days,
  itself,
  largest,
  minutes,
  pack,
  panel,
  type Severity,
  smallest,
  timeLeft,
  type UptimeCheck,
  uptimeMetrics,
} from "@watchbill/model";

const { success, certificateExpiry } = uptimeMetrics;
/** From here on a certificate is no longer something to plan for. */
const lastDays = days(3);

/**
 * The service is down when its health check fails. It then speaks for all of the service's symptoms, its other checks
 * among them.
 */
export function uptime(watch: {
  readonly health: UptimeCheck;
  readonly failsFor: Duration;
  /** Default: critical. */
  readonly severity?: Severity;
  /** Checks beside the health check, each of which may fail while that passes. Default: none. */
  readonly others?: readonly UptimeCheck[];
  /** How long one of these must fail. Default: 5 m. */
  readonly othersFailFor?: Duration;
}) {
  const { health, failsFor, severity = "critical", others = [], othersFailFor = minutes(5) } = watch;
  const certificate = timeLeft(certificateExpiry.where({ check: health.id }));
  const limit = health.expect.certificateFor ?? days(14);
  const ends = {
    // It is known for weeks; one of several servers that has the old one still is worth a word, a minute of it is not.
    for: minutes(30),
    description: "The certificate that {label:job} gets ends in {value}; less than {threshold} is too little.",
    runbook: "certificate-ends-soon",
    panel: "uptime-certificate",
    nature: "cause",
  } as const;
  const other = success.where({ check: others.map(({ id }) => id) });
  return pack("uptime", {
    metrics: uptimeMetrics,
    alerts: [
      alert("ServiceDown", {
        when: below(largest(success.where({ check: health.id })), count(1, "checks")),
        for: failsFor,
        severity,
        summary: "The service is down.",
        description: `{label:job} asks for ${health.path} and gets no right answer, more than once in a row.`,
        panel: "uptime-checks",
        down: itself,
      }),
      others.length > 0
        ? alert("CheckFailing", {
            when: below(largest(other, { by: ["check"] }), count(1, "checks")),
            for: othersFailFor,
            keepFiring: minutes(2),
            severity: "high",
            summary: "A check from outside fails.",
            description: "The check {label:check} gets no right answer, though the service is not down.",
            panel: "uptime-checks",
          })
        : undefined,
      alert("CertificateEndsSoon", {
        ...ends,
        when: below(certificate, limit),
        severity: "medium",
        summary: "The certificate ends soon.",
      }),
      alert("CertificateAboutToEnd", {
        ...ends,
        when: below(certificate, limit.value < lastDays.value ? limit : lastDays),
        severity: "high",
        summary: "The certificate is about to end.",
        outranks: ["CertificateEndsSoon"],
      }),
    ],
    panels: [
      panel("uptime-checks", {
        title: "Checks from outside",
        description: "Whether each check passes, from wherever it is made.",
        on: "main",
        section: "Is it up?",
        as: "states",
        series: [{ legend: "{check}", of: smallest(uptimeMetrics.success, { by: ["check"] }) }],
      }),
      panel("uptime-certificate", {
        title: "Time until the certificate ends",
        description: "How long the first certificate of the chain to end is good for; nothing where there is no https.",
        on: "main",
        section: "Is it up?",
        series: [{ legend: "left", of: certificate }],
        except: { datadog: "its tests of the certificate show it" },
      }),
      panel("uptime-duration", {
        title: "Time of the checks",
        description: "How long the checks from outside take.",
        on: "main",
        section: "Is it up?",
        series: [{ legend: "{check}", of: largest(uptimeMetrics.duration, { by: ["check"] }) }],
      }),
    ],
  });
}
