import { production } from "../../environments/production";
import { complaintOf, type RuleCase } from "../support/rule-test";

const up = (job: string, values: string) => ({ [`up{job="${job}",instance="a",service="x"}`]: values });
const rule = 'rule_group="rules/tickets.yml;tickets-http"';
const group = (duration: string) => ({
  [`prometheus_rule_group_last_duration_seconds{job="prometheus",instance="p",${rule}}`]: duration,
  [`prometheus_rule_group_interval_seconds{job="prometheus",instance="p",${rule}}`]: "15x240",
});
const failures = (values: string) => ({
  [`prometheus_rule_evaluation_failures_total{job="prometheus",instance="p",${rule}}`]: values,
});
const of = (name: string, job: string, values: string) => ({ [`${name}{job="${job}",instance="p"}`]: values });
const sent = (integration: string, failed: string, all: string) => {
  const labels = `{job="alertmanager",instance="m",integration="${integration}"}`;
  return {
    [`alertmanager_notifications_failed_total${labels}`]: failed,
    [`alertmanager_notifications_total${labels}`]: all,
  };
};
const clock = (values: string) => of("node_time_seconds", "monitoring-node", values);

test.each<[string, RuleCase]>([
  [
    "whatever happens, the watchdog fires, even if nothing can be scraped",
    { series: up("tickets", "0x40"), alert: "Watchdog", at: "1m", fires: 1 },
  ],
  [
    "the watchdog is silent once nothing is stored any more",
    { series: up("tickets", "1x4 _x40"), alert: "Watchdog", at: "3m15s", fires: 0 },
  ],
  [
    "nothing is stored any more, not even how many writes fail",
    {
      series: { ...up("tickets", "1x4 _x40"), ...up("prometheus", "1x4 _x40") },
      alert: "PrometheusStoresNothing",
      at: "4m30s",
      fires: 1,
    },
  ],
  [
    "one target is still stored",
    {
      series: { ...up("tickets", "1x4 _x40"), ...up("prometheus", "1x40") },
      alert: "PrometheusStoresNothing",
      at: "8m",
      fires: 0,
    },
  ],
  [
    "Prometheus was away, and has to scrape anew first",
    { series: up("tickets", "1x4 _x40 1x20"), alert: "PrometheusStoresNothing", at: "15m", fires: 0 },
  ],
  [
    "an exporter is gone for five minutes",
    { series: up("tickets-postgres", "1x4 0x40"), alert: "TargetDown", at: "7m", fires: 1 },
  ],
  [
    "an exporter that is gone is no database that is down",
    { series: up("tickets-postgres", "1x4 0x40"), alert: "DatabaseDown", at: "7m", fires: 0 },
  ],
  [
    "a target is gone for four minutes",
    { series: up("tickets", "1x4 0x16 1x40"), alert: "TargetDown", at: "8m", fires: 0 },
  ],
  [
    "two targets of two jobs are two alerts",
    { series: { ...up("tickets", "0x40"), ...up("blackbox", "0x40") }, alert: "TargetDown", at: "6m", fires: 2 },
  ],
  [
    "all targets of a job are gone",
    { series: { ...up("blackbox", "0x40"), ...up("tickets", "1x40") }, alert: "AllTargetsDown", at: "6m", fires: 1 },
  ],
  [
    "one target of two is gone",
    {
      series: { ...up("tickets", "0x40"), 'up{job="tickets",instance="b",service="x"}': "1x40" },
      alert: "AllTargetsDown",
      at: "8m",
      fires: 0,
    },
  ],
  ["a rule fails at each round", { series: failures("0+1x240"), alert: "RuleEvaluationFailing", at: "8m", fires: 1 }],
  ["a rule has failed long ago", { series: failures("5x240"), alert: "RuleEvaluationFailing", at: "20m", fires: 0 }],
  ["a group takes 14 s of 15 s", { series: group("14x240"), alert: "RuleGroupSlow", at: "12m", fires: 1 }],
  ["a group takes 11 s of 15 s", { series: group("11x240"), alert: "RuleGroupSlow", at: "30m", fires: 0 }],
  [
    "Alertmanager takes nothing, each minute anew",
    {
      series: of(
        "prometheus_notifications_dropped_total",
        "prometheus",
        `0x8 ${[3, 6, 9, 12, 15, 18, 21, 24].map((dropped) => `${dropped}x3`).join(" ")}`,
      ),
      alert: "AlertsDropped",
      at: "8m",
      fires: 1,
    },
  ],
  [
    "Alertmanager did not take something once",
    {
      series: of("prometheus_notifications_dropped_total", "prometheus", "0x8 3x40"),
      alert: "AlertsDropped",
      at: "7m15s",
      fires: 0,
    },
  ],
  [
    "Slack fails each five minutes anew",
    {
      series: sent("slack", "0x8 1x19 2x19 3x60", "0x8 1x19 2x19 3x60"),
      alert: "NotificationsFailing",
      at: "14m",
      fires: 1,
    },
  ],
  [
    "Slack fails once",
    { series: sent("slack", "0x8 1x90", "0x8 1x19 2x19 3x60"), alert: "NotificationsFailing", at: "14m", fires: 0 },
  ],
  [
    "a few of Slack's many messages fail",
    { series: sent("slack", "0x8 1x7 2x40", "0+2x60"), alert: "NotificationsFailing", at: "9m", fires: 0 },
  ],
  [
    "Slack fails once, and mail is sent meanwhile",
    {
      series: { ...sent("slack", "0x8 1x90", "0x8 1x90"), ...sent("email", "0x90", "0+1x90") },
      alert: "NotificationsFailing",
      at: "9m",
      fires: 0,
    },
  ],
  ["a page fails", { series: sent("pagerduty", "0x8 1x40", "0x8 1x40"), alert: "PagesFailing", at: "3m", fires: 1 }],
  [
    "the heartbeat's service is away for five minutes: it calls itself",
    { series: sent("webhook", "0x8 0+1x19 19x60", "0+1x90"), alert: "WebhooksFailing", at: "20m", fires: 0 },
  ],
  [
    "the heartbeat's service is away for five minutes: nobody is woken",
    { series: sent("webhook", "0x8 0+1x19 19x60", "0+1x90"), alert: "NotificationsFailing", at: "5m", fires: 0 },
  ],
  [
    "a webhook fails each five minutes anew",
    {
      series: sent("webhook", "0x8 1x19 2x19 3x19 4x19 5x19", "0+1x110"),
      alert: "WebhooksFailing",
      at: "20m",
      fires: 1,
    },
  ],
  [
    "Prometheus refused its configuration",
    {
      series: of("prometheus_config_last_reload_successful", "prometheus", "1x4 0x40"),
      alert: "PrometheusConfigStale",
      at: "7m",
      fires: 1,
    },
  ],
  [
    "Prometheus took its configuration",
    {
      series: of("prometheus_config_last_reload_successful", "prometheus", "1x40"),
      alert: "PrometheusConfigStale",
      at: "7m",
      fires: 0,
    },
  ],
  [
    "Alertmanager refused its configuration",
    {
      series: of("alertmanager_config_last_reload_successful", "alertmanager", "1x4 0x40"),
      alert: "AlertmanagerConfigStale",
      at: "7m",
      fires: 1,
    },
  ],
  [
    "Alertmanager took its configuration",
    {
      series: of("alertmanager_config_last_reload_successful", "alertmanager", "1x40"),
      alert: "AlertmanagerConfigStale",
      at: "7m",
      fires: 0,
    },
  ],
  [
    "the disk takes some writes only",
    {
      series: of("prometheus_tsdb_wal_writes_failed_total", "prometheus", "0x8 0+2x240"),
      alert: "PrometheusWritesFailing",
      at: "4m",
      fires: 1,
    },
  ],
  [
    "the disk takes everything",
    {
      series: of("prometheus_tsdb_wal_writes_failed_total", "prometheus", "0x240"),
      alert: "PrometheusWritesFailing",
      at: "4m",
      fires: 0,
    },
  ],
  ["a clock is two seconds fast", { series: clock("2+15x240"), alert: "ClockOff", at: "7m", fires: 1 }],
  ["a clock is two seconds slow", { series: clock("-2+15x240"), alert: "ClockOff", at: "7m", fires: 1 }],
  [
    "the clock of a service's machine is off",
    { series: of("node_time_seconds", "tickets-node", "2+15x240"), alert: "ClockOff", at: "7m", fires: 1 },
  ],
  ["a clock is half a second off", { series: clock("0.5+15x240"), alert: "ClockOff", at: "30m", fires: 0 }],
])("%s", (_, one) => {
  expect(complaintOf(production, one)).toBe("");
});
