import {
  type Alert,
  above,
  alert,
  atMost,
  type Condition,
  counter,
  type Environment,
  email,
  gauge,
  histogram,
  hostMetrics,
  httpServerMetrics,
  minutes,
  type Pack,
  pack,
  pagerduty,
  percent,
  rate,
  ratio,
  type Service,
  seconds,
  secret,
  service,
  slack,
  uptimeCheck,
  uptimeMetrics,
  webhook,
} from "@watchbill/model";
import { datadog } from "../../../../lib/backends/datadog";
import { environmentWith } from "../../../support/declarations";
import { readMonitorQuery } from "./query-grammar";

/** A shop whose alerts a test chooses, watched by Datadog. */
export const metrics = {
  ...httpServerMetrics,
  orders: counter("orders_total", { counts: "orders", labels: { status: ["paid", "failed", "cancelled"] } }),
  open: gauge("connections_open", { unit: "connections" }),
  lost: counter("connections_lost_total", { counts: "connections", labels: { reason: ["client", "error"] } }),
  answer: histogram("answer_seconds", { unit: "seconds", buckets: [0.1, 1], labels: { route: atMost(10) } }),
};
export { hostMetrics, uptimeMetrics };

export const errorRatio = ratio(rate(metrics.requests.where({ status: /5../ })), rate(metrics.requests));

export const alarm = <U extends string>(when: Condition<U>, changes: Partial<Alert> = {}): Alert => ({
  ...alert("Alarm", {
    when: when as Condition,
    for: seconds(0),
    severity: "high",
    summary: "Something is wrong.",
    description: "It is {value}; the limit is {threshold}, looking back {window}.",
  }),
  ...changes,
});

export const errorsHigh = alarm(above(errorRatio, percent(1)), { id: "ErrorsHigh", for: minutes(5) });

export const health = uptimeCheck("health", { path: "/health" });

export const shop = (alerts: readonly Alert[], changes: Partial<Service> = {}): Service => ({
  ...service("shop", {
    owner: "commerce",
    metrics,
    endpoint: { port: 3000 },
    watch: [pack("alarms", { alerts }) as Pack],
    checks: [health],
  }),
  ...changes,
});

export const environment = (services: readonly Service[], changes: Partial<Environment> = {}): Environment =>
  environmentWith(services, {
    name: "production",
    backends: ["datadog"],
    channels: {
      onCall: pagerduty("shop", { routingKey: secret("routing-key-file") }),
      alerts: slack("#alerts", { webhook: secret("slack-webhook-file") }),
      everyone: email("team@example.com"),
      incidents: webhook("incidents", { url: "https://incidents.example.com", token: secret("token-file") }),
    },
    notify: { critical: ["onCall", "alerts"], high: ["alerts"], medium: ["everyone"], low: [], info: [] },
    ...changes,
  });

/** What Datadog is given for a shop with these alerts. */
export function watched(
  alerts: readonly Alert[],
  changes: { readonly service?: Partial<Service>; readonly environment?: Partial<Environment> } = {},
) {
  const services = [shop(alerts, changes.service)];
  return datadog({ environment: environment(services, changes.environment), services });
}

/** The one metric monitor that an alert becomes; its query must parse. */
export function monitorOf(one: Alert) {
  const { data, diagnostics } = watched([one]);
  expect(diagnostics).toEqual([]);
  const [monitor, ...others] = data.monitors;
  if (!monitor || others.length > 0) throw new Error(`${data.monitors.length} monitors`);
  readMonitorQuery(monitor.query);
  return monitor;
}

/** Mistakes as `code path: message → hint`. */
export const mistakesOf = (alerts: readonly Alert[], changes: Parameters<typeof watched>[1] = {}) =>
  watched(alerts, changes).diagnostics.map(({ code, path, message, hint }) => `${code} ${path}: ${message} → ${hint}`);
