import {
  count,
  counter,
  days,
  dependency,
  externalApis,
  minutes,
  percent,
  seconds,
  service,
  uptimeCheck,
} from "@watchbill/model";
import {
  activeUsers,
  availability,
  databaseInDetail,
  externalApi,
  host,
  hourly,
  http,
  latency,
  nodeRuntime,
  notedErrors,
  paymentObjective,
  paymentsByOutcome,
  postgres,
  uptime,
  uptimeObjective,
} from "../alert-rules";
import { machine } from "./machine";
import {
  apiResponseThreshold,
  databaseResponseThreshold,
  errorRateThreshold,
  memoryUsageThreshold,
  paymentFailureThreshold,
} from "./thresholds";

const { stripe, brevo } = externalApis(["stripe", "brevo"]);

const metrics = {
  revenue: counter("revenue_dollars_total", { counts: "dollars", help: "Money taken." }),
  tickets: counter("ticket_operations_total", {
    counts: "tickets",
    help: "What was done with tickets.",
    labels: { operation: ["issued", "validated", "transferred", "refunded"] },
  }),
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
    paymentsByOutcome({ above: paymentFailureThreshold, over: minutes(5), through: "Stripe" }),
    databaseInDetail({
      p99: { above: databaseResponseThreshold, for: minutes(5) },
      connectionFailures: { above: count(5, "connections"), for: minutes(1) },
    }),
    postgres(database, { downFor: minutes(1) }),
    externalApi("Stripe", {
      ...stripe,
      failures: { above: percent(5), for: minutes(5), severity: "critical" },
      p95: { above: seconds(5), for: minutes(5) },
    }),
    externalApi("Brevo", { ...brevo, failures: { above: percent(10), for: minutes(5), severity: "medium" } }),
    nodeRuntime({ heap: { above: percent(90), for: minutes(5) }, restarts: { for: minutes(10) } }),
    host({ ...machine, memory: { above: memoryUsageThreshold, for: minutes(10) } }),
    hourly("tickets", metrics.tickets, {
      title: "Tickets",
      section: "Sales",
      by: "operation",
      counting: { title: "Tickets issued", of: metrics.tickets.where({ operation: "issued" }) },
      onMain: true,
    }),
    hourly("revenue", metrics.revenue, { title: "Revenue", section: "Revenue", onMain: true }),
    activeUsers(),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(95), over: days(30), below: seconds(0.5) }),
    paymentObjective({ target: percent(99), over: days(30) }),
    uptimeObjective({ target: percent(99.9), over: days(30) }),
  ],
  checks: [health],
  dependsOn: [database],
});
