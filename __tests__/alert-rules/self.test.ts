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
const sent = (values: string) => ({
  'alertmanager_notifications_failed_total{job="alertmanager",instance="m",integration="slack"}': values,
});
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
  ["a rule fails at each round", { series: failures("0+1x240"), alert: "RuleEvaluationFailing", at: "8m", fires: 1 }],
  ["a rule has failed long ago", { series: failures("5x240"), alert: "RuleEvaluationFailing", at: "20m", fires: 0 }],
  ["a group takes 14 s of 15 s", { series: group("14x240"), alert: "RuleGroupSlow", at: "12m", fires: 1 }],
  ["a group takes 11 s of 15 s", { series: group("11x240"), alert: "RuleGroupSlow", at: "30m", fires: 0 }],
  [
    "alerts are dropped",
    {
      series: of("prometheus_notifications_dropped_total", "prometheus", "0x8 3x240"),
      alert: "AlertsDropped",
      at: "3m",
      fires: 1,
    },
  ],
  [
    "alerts were dropped an hour ago",
    {
      series: of("prometheus_notifications_dropped_total", "prometheus", "0x8 3x400"),
      alert: "AlertsDropped",
      at: "1h",
      fires: 0,
    },
  ],
  ["notifications fail", { series: sent("0x8 1x240"), alert: "NotificationsFailing", at: "3m", fires: 1 }],
  ["notifications get through", { series: sent("0x240"), alert: "NotificationsFailing", at: "3m", fires: 0 }],
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
  ["a clock is half a second off", { series: clock("0.5+15x240"), alert: "ClockOff", at: "30m", fires: 0 }],
])("%s", (_, one) => {
  expect(complaintOf(production, one)).toBe("");
});
