import {
  atMost,
  counter,
  days,
  dependency,
  externalApis,
  hours,
  minutes,
  percent,
  seconds,
  service,
  uptimeCheck,
} from "@watchbill/model";
import {
  anomalies,
  availability,
  database,
  externalApi,
  host,
  hourly,
  http,
  latency,
  nodeRuntime,
  payments,
  postgres,
  redis,
  salesDrought,
  uptime,
  websocket,
} from "../alert-rules";
import { businessHours } from "../calendars/business-hours";
import { ordinaryDays } from "../calendars/ordinary-days";
import { machine } from "./machine";

const { supabase } = externalApis(["supabase"]);

const metrics = {
  ordersCreated: counter("orders_created_total", {
    counts: "orders",
    help: "Orders, by how they ended; declined is the bank's answer, failed is ours or the provider's fault.",
    labels: { status: ["paid", "declined", "failed", "cancelled"] },
  }),
  ticketsSold: counter("tickets_sold_total", {
    counts: "tickets",
    help: "Tickets sold, by event.",
    labels: { event: atMost(200) },
  }),
};

const health = uptimeCheck("health", { path: "/health", expect: { within: seconds(5) } });
const ready = uptimeCheck("ready", { path: "/ready" });
const frontPage = uptimeCheck("front-page", { path: "/", every: minutes(5) });

const store = dependency("tickets-postgres", "The ticket shop's PostgreSQL");
const sessions = dependency("tickets-redis", "The ticket shop's Redis");

export const tickets = service("tickets", {
  owner: "commerce",
  metrics,
  endpoint: { port: 3000 },
  watch: [
    uptime({ health, failsFor: minutes(1), others: [ready, frontPage] }),
    http({
      errors: { above: percent(1), for: minutes(5), severity: "critical" },
      p95: { above: seconds(2), for: minutes(5) },
    }),
    anomalies({ traffic: true, latency: true, errors: true, calendar: ordinaryDays }),
    payments({
      failed: metrics.ordersCreated.where({ status: "failed" }),
      attempted: metrics.ordersCreated.where({ status: ["paid", "declined", "failed"] }),
      above: percent(5),
      over: minutes(15),
    }),
    salesDrought(metrics.ticketsSold, { silence: hours(1), during: businessHours }),
    hourly("tickets-sold", metrics.ticketsSold, { title: "Tickets sold", section: "Sales", onMain: true }),
    hourly("orders", metrics.ordersCreated, {
      title: "Orders",
      section: "Sales",
      by: "status",
      counting: { title: "Orders paid", of: metrics.ordersCreated.where({ status: "paid" }) },
    }),
    database({ pool: { above: percent(80), for: minutes(5) } }),
    externalApi("Supabase", { ...supabase, failures: { above: percent(10), for: minutes(5), severity: "medium" } }),
    postgres(store, { downFor: minutes(1) }),
    redis(sessions, { downFor: minutes(1) }),
    websocket({ disconnects: { above: percent(10), for: minutes(1) } }),
    nodeRuntime({ heap: { above: percent(90), for: minutes(5) }, restarts: { for: minutes(10) } }),
    host({ ...machine, memory: { above: percent(85), for: minutes(10) } }),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(99), over: days(30), below: seconds(0.5) }),
  ],
  checks: [health, ready, frontPage],
  dependsOn: [store, sessions],
});
