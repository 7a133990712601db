import { atMost, counter, gauge } from "../metric";

/** What Prometheus says of every target of every job (https://prometheus.io/docs/concepts/jobs_instances/). */
export const scrapeMetrics = {
  targetUp: gauge("up", {
    unit: "targets",
    help: "1 when the last scrape of a target succeeded, else 0; an exporter that is up says nothing of what it exports.",
    from: "scrape",
  }),
  scrapeDuration: gauge("scrape_duration_seconds", {
    unit: "seconds",
    help: "Time that the last scrape of a target took.",
    from: "scrape",
  }),
};

/** What Prometheus tells of its own work. */
export const prometheusServerMetrics = {
  ruleFailures: counter("prometheus_rule_evaluation_failures_total", {
    counts: "evaluations",
    help: "Evaluations of rules that failed, by the file and group that they are in.",
    labels: { rule_group: atMost(200) },
    from: "prometheus",
  }),
  ruleGroupDuration: gauge("prometheus_rule_group_last_duration_seconds", {
    unit: "seconds",
    help: "Time that the last evaluation of a group of rules took.",
    labels: { rule_group: atMost(200) },
    from: "prometheus",
  }),
  ruleGroupInterval: gauge("prometheus_rule_group_interval_seconds", {
    unit: "seconds",
    help: "Time between two evaluations of a group of rules.",
    labels: { rule_group: atMost(200) },
    from: "prometheus",
  }),
  alertsDropped: counter("prometheus_notifications_dropped_total", {
    counts: "alerts",
    help: "Alerts that Alertmanager did not take; they are sent again.",
    from: "prometheus",
  }),
  prometheusConfigLoaded: gauge("prometheus_config_last_reload_successful", {
    unit: "reloads",
    help: "1 when Prometheus runs on the configuration that it was given last, else 0.",
    from: "prometheus",
  }),
  writesFailed: counter("prometheus_tsdb_wal_writes_failed_total", {
    counts: "writes",
    help: "Writes to the write-ahead log that failed, as on a full disk.",
    from: "prometheus",
  }),
  storedSeries: gauge("prometheus_tsdb_head_series", {
    unit: "series",
    help: "Series that Prometheus keeps in memory.",
    from: "prometheus",
  }),
};

const integrations = { integration: atMost(20) };

/** What Alertmanager tells of its own work. */
export const alertmanagerServerMetrics = {
  notifications: counter("alertmanager_notifications_total", {
    counts: "notifications",
    help: "Notifications that were to be sent, by the kind of channel.",
    labels: integrations,
    from: "alertmanager",
  }),
  notificationsFailed: counter("alertmanager_notifications_failed_total", {
    counts: "notifications",
    help: "Notifications that could not be sent, by the kind of channel.",
    labels: integrations,
    from: "alertmanager",
  }),
  alertmanagerConfigLoaded: gauge("alertmanager_config_last_reload_successful", {
    unit: "reloads",
    help: "1 when Alertmanager runs on the configuration that it was given last, else 0.",
    from: "alertmanager",
  }),
};

/**
 * The clock of a machine, as its node_exporter reads it; of all machines, since that of Prometheus' own machine is the
 * clock that they are held against.
 */
export const clockMetrics = {
  clock: gauge("node_time_seconds", { unit: "seconds", help: "What a machine takes for the time.", from: "nodes" }),
};
