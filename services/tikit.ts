import {
  atMost,
  count,
  counter,
  days,
  dependency,
  externalApis,
  gauge,
  histogram,
  hours,
  minutes,
  percent,
  seconds,
  service,
  uptimeCheck,
} from "@watchbill/model";
import {
  access,
  activeUsers,
  anomalies,
  availability,
  cache,
  databaseInDetail,
  externalApi,
  host,
  hourly,
  http,
  latency,
  level,
  nodeRuntime,
  notedErrors,
  paymentsByOutcome,
  postgres,
  ranking,
  redis,
  salesDrought,
  share,
  spread,
  uptime,
  uptimeObjective,
} from "../alert-rules";
import { businessHours } from "../calendars/business-hours";
import { ordinaryDays } from "../calendars/ordinary-days";
import { machine } from "./machine";

const method = ["card", "bank_transfer", "mobile_money", "wallet"] as const;
const { payment_provider } = externalApis(["payment_provider"]);

const metrics = {
  purchased: counter("tickets_purchased_total", {
    counts: "tickets",
    help: "Tickets sold, by the type of the event and how they were paid.",
    labels: { event_type: atMost(20), payment_method: method },
  }),
  soldByEvent: counter("event_tickets_sold_total", {
    counts: "tickets",
    help: "Tickets sold, by event.",
    labels: { event: atMost(200) },
  }),
  capacityRemaining: gauge("event_capacity_remaining", {
    unit: "places",
    help: "Places that are left at an event.",
    labels: { event: atMost(200) },
  }),
  revenue: counter("revenue_naira_total", {
    counts: "naira",
    help: "Money taken, by how it was paid.",
    labels: { payment_method: method },
  }),
  paymentAmount: histogram("payment_amount_naira", {
    unit: "naira",
    help: "Amounts of payments, converted from the currency they were made in.",
    labels: { currency: atMost(10) },
    buckets: [1000, 5000, 10000, 50000, 100000, 500000],
  }),
  registrations: counter("user_registrations_total", { counts: "users", help: "Users who registered." }),
  referrals: counter("referrals_total", {
    counts: "referrals",
    help: "Referrals, by what became of them.",
    labels: { status: ["sent", "converted"] },
  }),
  groupBuys: counter("group_buys_total", {
    counts: "group buys",
    help: "Group buys, by what became of them.",
    labels: { status: ["started", "completed", "expired"] },
  }),
};

const health = uptimeCheck("health", { path: "/health", every: minutes(5) });
const ready = uptimeCheck("ready", { path: "/ready", every: minutes(5) });
const frontPage = uptimeCheck("front-page", { path: "/", every: minutes(5) });
const database = dependency("tikit-postgres", "Tikit's PostgreSQL");
const sessions = dependency("tikit-redis", "Tikit's Redis");

export const tikit = service("tikit", {
  owner: "tikit",
  metrics,
  endpoint: { port: 3000 },
  watch: [
    uptime({ health, failsFor: minutes(1), others: [ready, frontPage] }),
    http({
      errors: { above: percent(5), for: minutes(5), severity: "critical", warn: percent(1) },
      p95: { above: seconds(1), for: minutes(5) },
      p99: { above: seconds(3), for: minutes(10), severity: "high", warn: seconds(1) },
    }),
    anomalies({ traffic: true, latency: true, errors: true, calendar: ordinaryDays }),
    notedErrors({ fatal: { above: count(0, "errors") } }),
    paymentsByOutcome({ above: percent(5), over: minutes(15), through: "PaymentProvider" }),
    salesDrought(metrics.purchased, { silence: hours(2), during: businessHours }),
    databaseInDetail({
      pool: { above: percent(95), for: minutes(5), severity: "high", warn: percent(80) },
      connectionFailures: { above: count(5, "connections"), for: minutes(1) },
    }),
    postgres(database, {
      downFor: minutes(1),
      connections: { above: percent(95), for: minutes(5), severity: "high", warn: percent(80) },
    }),
    redis(sessions, { downFor: minutes(1), memory: { above: percent(90), for: minutes(10) } }),
    cache({ hits: { below: percent(60), for: minutes(5) } }),
    externalApi("PaymentProvider", {
      title: "the payment provider",
      ...payment_provider,
      failures: { above: percent(5), for: minutes(5) },
      p95: { above: seconds(5), for: minutes(5) },
    }),
    access({ denials: { above: percent(50), for: minutes(5) } }),
    nodeRuntime({ heap: { above: percent(90), for: minutes(5) }, restarts: { for: minutes(10) } }),
    host({ ...machine, memory: { above: percent(90), for: minutes(5) } }),
    hourly("tickets-by-type", metrics.purchased, {
      title: "Tickets sold",
      section: "Sales",
      by: "event_type",
      onMain: true,
    }),
    ranking("top-events", metrics.soldByEvent, { title: "Top events of 24 hours", section: "Sales", by: "event" }),
    level("capacity", metrics.capacityRemaining, { title: "Places left", section: "Sales", by: "event" }),
    share("group-buy-completion", metrics.groupBuys, {
      title: "Group buys that complete",
      description: "Group buys that found their buyers, for each that was started within the hour.",
      section: "Sales",
      part: { status: "completed" },
      whole: { status: "started" },
    }),
    hourly("revenue", metrics.revenue, { title: "Revenue", section: "Revenue", by: "payment_method", onMain: true }),
    spread("payment-amount", metrics.paymentAmount, { title: "Amounts of payments", section: "Revenue" }),
    hourly("registrations", metrics.registrations, { title: "New users", section: "Users" }),
    activeUsers(),
    share("referral-conversion", metrics.referrals, {
      title: "Referrals that convert",
      description: "Referrals that became a user, for each that was sent within the hour.",
      section: "Users",
      part: { status: "converted" },
      whole: { status: "sent" },
    }),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(95), over: days(30), below: seconds(0.5) }),
    latency({ id: "latency-p99", target: percent(99), over: days(30), below: seconds(1) }),
    uptimeObjective({ target: percent(99.9), over: days(30), alertBelow: percent(99.5) }),
  ],
  checks: [health, ready, frontPage],
  dependsOn: [database, sessions],
});
