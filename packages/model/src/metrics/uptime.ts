import { atMost, gauge } from "../metric";

/** What blackbox_exporter tells of an uptime check; `check` is the check's id. */
export const uptimeMetrics = {
  success: gauge("probe_success", {
    unit: "checks",
    help: "1 when the check passed, else 0.",
    labels: { check: atMost(20) },
    from: "blackbox",
  }),
  duration: gauge("probe_duration_seconds", {
    unit: "seconds",
    help: "Time that the check took.",
    labels: { check: atMost(20) },
    from: "blackbox",
  }),
  certificateExpiry: gauge("probe_ssl_earliest_cert_expiry", {
    unit: "seconds",
    help: "When the first certificate of the chain ends, in Unix time.",
    labels: { check: atMost(20) },
    from: "blackbox",
  }),
};
