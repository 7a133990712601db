import {
  count,
  counter,
  days,
  dependency,
  externalApis,
  minutes,
  percent,
  perMinute,
  seconds,
  service,
  uptimeCheck,
} from "@watchbill/model";
import {
  access,
  activeUsers,
  anomalies,
  availability,
  databaseInDetail,
  each,
  externalApi,
  host,
  hourly,
  http,
  httpSizes,
  latency,
  nodeRuntime,
  notedErrors,
  orderFailures,
  paymentsByOutcome,
  postgres,
  redis,
  uptime,
  websocket,
  websocketMessages,
} from "../alert-rules";
import { ordinaryDays } from "../calendars/ordinary-days";
import { machine } from "./machine";

const { slack } = externalApis(["slack"]);

const metrics = {
  orders: counter("orders_created_total", {
    counts: "orders",
    help: "Orders, by whether they could be placed.",
    labels: { status: ["placed", "failed"] },
  }),
  orderChanges: counter("order_status_changes_total", {
    counts: "orders",
    help: "Orders whose status changed, by the new one.",
    labels: { status: ["accepted", "preparing", "ready", "served", "cancelled"] },
  }),
  revenue: counter("revenue_dollars_total", { counts: "dollars", help: "Money taken." }),
  tenants: counter("tenant_signups_total", { counts: "tenants", help: "Venues that signed up." }),
};

const health = uptimeCheck("health", { path: "/health" });
const websocketHealth = uptimeCheck("websocket-health", {
  path: "/api/v1/monitoring/websocket/health",
  every: minutes(5),
});
const databaseHealth = uptimeCheck("database-health", {
  path: "/api/v1/monitoring/database/health",
  every: minutes(5),
});
const database = dependency("inkwave-postgres", "InkWave's PostgreSQL");
const rooms = dependency("inkwave-redis", "InkWave's Redis");

export const inkwave = service("inkwave", {
  owner: "inkwave",
  metrics,
  endpoint: { port: 3000 },
  watch: [
    uptime({ health, failsFor: minutes(1), others: [websocketHealth, databaseHealth] }),
    http({
      errors: { above: percent(5), for: minutes(5), severity: "high", warn: percent(1) },
      average: { above: seconds(2), for: minutes(5) },
    }),
    anomalies({ traffic: true, latency: true, errors: true, calendar: ordinaryDays }),
    notedErrors(),
    paymentsByOutcome({ above: percent(5), over: minutes(15) }),
    orderFailures({
      failed: metrics.orders.where({ status: "failed" }),
      attempted: metrics.orders,
      above: percent(5),
      for: minutes(5),
    }),
    websocket({
      disconnects: { above: percent(10), for: minutes(1) },
      wave: { atLeast: count(50, "connections") },
    }),
    websocketMessages({
      errors: { above: percent(5), for: minutes(5) },
      latency: { above: seconds(1), for: minutes(5) },
    }),
    databaseInDetail({
      connectionFailures: { above: count(5, "connections"), for: minutes(1) },
      slowQueries: { above: count(10, "queries"), for: minutes(5) },
    }),
    postgres(database, { downFor: minutes(1) }),
    redis(rooms, { downFor: minutes(1) }),
    externalApi("Slack", {
      ...slack,
      failures: { above: percent(10), for: minutes(5), severity: "medium" },
    }),
    access({
      failures: { above: percent(5), for: minutes(5) },
      denials: { above: percent(50), for: minutes(5) },
      rateLimited: { above: perMinute(60, "requests"), for: minutes(5) },
    }),
    nodeRuntime({
      heap: { above: percent(90), for: minutes(5), severity: "high", warn: percent(80) },
      restarts: { for: minutes(10) },
    }),
    httpSizes(),
    host({ ...machine, memory: { above: percent(80), for: minutes(10) } }),
    hourly("orders", metrics.orders, {
      title: "Orders",
      section: "Sales",
      by: "status",
      counting: { title: "Orders placed", of: metrics.orders.where({ status: "placed" }) },
      onMain: true,
    }),
    hourly("order-changes", metrics.orderChanges, {
      title: "Orders on their way",
      section: "Sales",
      by: "status",
      counting: { title: "Orders served", of: metrics.orderChanges.where({ status: "served" }) },
    }),
    hourly("revenue", metrics.revenue, { title: "Revenue", section: "Revenue", onMain: true }),
    each("order-value", metrics.revenue, metrics.orders.where({ status: "placed" }), {
      title: "Value of an order",
      description: "Average value of the orders placed within an hour.",
      section: "Revenue",
    }),
    activeUsers(),
    hourly("tenants", metrics.tenants, { title: "New venues", section: "Users" }),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(95), over: days(30), below: seconds(0.5) }),
  ],
  checks: [health, websocketHealth, databaseHealth],
  dependsOn: [database, rooms],
});
