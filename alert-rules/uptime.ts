import {
  alert,
  below,
  count,
  type Duration,
  itself,
  largest,
  pack,
  panel,
  type Severity,
  smallest,
  type UptimeCheck,
  uptimeMetrics,
} from "@watchbill/model";

/** The service is down when its health check fails from everywhere. It then speaks for all of the service's symptoms. */
export function uptime(watch: {
  readonly health: UptimeCheck;
  readonly failsFor: Duration;
  /** Default: critical. */
  readonly severity?: Severity;
}) {
  const { health, failsFor, severity = "critical" } = watch;
  return pack("uptime", {
    metrics: uptimeMetrics,
    alerts: [
      alert("ServiceDown", {
        when: below(largest(uptimeMetrics.success.where({ check: health.id })), count(1, "checks")),
        for: failsFor,
        severity,
        summary: "The service is down.",
        description: `No place that asks for ${health.path} gets the right answer: {value} checks pass.`,
        panel: "uptime-checks",
        down: itself,
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
