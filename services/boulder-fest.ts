import {
  count,
  counter,
  days,
  dependency,
  externalApiMetrics,
  gauge,
  minutes,
  percent,
  seconds,
  service,
  uptimeCheck,
} from "@watchbill/model";
import {
  availability,
  databaseInDetail,
  externalApi,
  host,
  hourly,
  http,
  latency,
  level,
  nodeRuntime,
  notedErrors,
  payments,
  postgres,
  share,
  uptime,
} from "../alert-rules";
import {
  apiResponseThreshold,
  databaseResponseThreshold,
  errorRateThreshold,
  memoryUsageThreshold,
  paymentFailureThreshold,
} from "./thresholds";

const { externalApiCalls: calls, externalApiDuration: duration } = externalApiMetrics(["stripe", "brevo"]);

const metrics = {
  payments: counter("payments_total", {
    counts: "payments",
    help: "Payments, by how they ended; declined is the bank's answer, failed is ours or the provider's fault.",
    labels: { status: ["succeeded", "declined", "failed"] },
  }),
  revenue: counter("revenue_dollars_total", { counts: "dollars", help: "Money taken." }),
  tickets: counter("ticket_operations_total", {
    counts: "tickets",
    help: "What was done with tickets.",
    labels: { operation: ["issued", "validated", "transferred", "refunded"] },
  }),
  activeUsers: gauge("active_users", { unit: "users", help: "Users active in the last five minutes." }),
};

const health = uptimeCheck("health", { path: "/api/health/check" });
const database = dependency("boulder-fest-postgres", "Boulder Fest's PostgreSQL");

export const boulderFest = service("boulder-fest", {
  owner: "boulder-fest",
  metrics,
  endpoint: { port: 3000, metrics: "/api/metrics" },
  watch: [
    uptime({ health, failsFor: minutes(1) }),
    http({
      errors: { above: errorRateThreshold, for: minutes(5), severity: "high" },
      p95: { above: apiResponseThreshold, for: minutes(3) },
    }),
    notedErrors(),
    payments({
      failed: metrics.payments.where({ status: "failed" }),
      attempted: metrics.payments,
      above: paymentFailureThreshold,
      over: minutes(5),
      // One failure of a handful would already be more than 1 %.
      floor: 20,
    }),
    databaseInDetail({
      p99: { above: databaseResponseThreshold, for: minutes(5) },
      connectionFailures: { above: count(5, "connections"), for: minutes(1) },
    }),
    postgres(database, { downFor: minutes(1) }),
    externalApi("Stripe", {
      calls: calls.where({ api: "stripe" }),
      failed: calls.where({ api: "stripe", status: "error" }),
      duration: duration.where({ api: "stripe" }),
      failures: { above: percent(5), for: minutes(5), severity: "critical" },
      p95: { above: seconds(5), for: minutes(5) },
    }),
    externalApi("Brevo", {
      calls: calls.where({ api: "brevo" }),
      failed: calls.where({ api: "brevo", status: "error" }),
      duration: duration.where({ api: "brevo" }),
      failures: { above: percent(10), for: minutes(5), severity: "medium" },
    }),
    nodeRuntime({ heap: { above: percent(90), for: minutes(5) }, restarts: { for: minutes(10) } }),
    host({ memory: { above: memoryUsageThreshold, for: minutes(10) }, disk: { above: percent(80), for: minutes(10) } }),
    hourly("tickets", metrics.tickets, {
      title: "Tickets",
      description: "What was done with tickets.",
      section: "Sales",
      by: "operation",
    }),
    hourly("revenue", metrics.revenue, { title: "Revenue", description: "Money taken.", section: "Revenue" }),
    share("payment-success", metrics.payments.where({ status: "succeeded" }), metrics.payments, {
      title: "Payments that succeed",
      description: "Of the payments tried within an hour, those that succeeded.",
      section: "Payments",
    }),
    level("active-users", metrics.activeUsers, {
      title: "Active users",
      description: "Users active in the last five minutes.",
      section: "Users",
    }),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(95), over: days(30), below: seconds(0.5) }),
  ],
  checks: [health],
  dependsOn: [database],
});
