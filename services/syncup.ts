import {
  atMost,
  count,
  counter,
  days,
  dependency,
  histogram,
  mebibytes,
  minutes,
  percent,
  perMinute,
  seconds,
  service,
  uptimeCheck,
} from "@watchbill/model";
import {
  activeUsers,
  anomalies,
  availability,
  databaseInDetail,
  externalApi,
  host,
  hourly,
  http,
  latency,
  nodeRuntime,
  notedErrors,
  openai,
  postgres,
  redis,
  spread,
  uptime,
} from "../alert-rules";
import { ordinaryDays } from "../calendars/ordinary-days";
import { machine } from "./machine";

const status = ["success", "error"] as const;
const model = atMost(10);

const metrics = {
  meetings: counter("meetings_processed_total", {
    counts: "meetings",
    help: "Meetings processed, by how it ended.",
    labels: { status },
  }),
  chatQueries: counter("chat_queries_total", {
    counts: "queries",
    help: "Questions asked in the chat, by the model that answered.",
    labels: { model, status },
  }),
  chatDuration: histogram("chat_query_duration_seconds", {
    unit: "seconds",
    help: "Time to the answer of a question, by model.",
    labels: { model },
    buckets: [0.1, 0.5, 1, 2, 5, 10],
  }),
  slackEvents: counter("slack_integration_events_total", {
    counts: "events",
    help: "Events of the Slack integration, by type and how they ended.",
    labels: { event_type: atMost(20), status },
  }),
};

const health = uptimeCheck("health", { path: "/health" });
const database = dependency("syncup-postgres", "SyncUp's PostgreSQL");
const queue = dependency("syncup-redis", "SyncUp's Redis");

export const syncup = service("syncup", {
  owner: "syncup",
  metrics,
  endpoint: { port: 3000, metrics: "/api/metrics" },
  watch: [
    uptime({ health, failsFor: minutes(1) }),
    http({
      failing: { above: percent(5), for: seconds(90) },
      errors: { above: percent(5), for: minutes(5), severity: "critical", warn: percent(1) },
      p99: { above: seconds(3), for: minutes(5), severity: "critical", warn: seconds(2) },
    }),
    anomalies({ traffic: true, latency: true, errors: true, calendar: ordinaryDays }),
    notedErrors({ fatal: { above: count(0, "errors"), severity: "high" } }),
    databaseInDetail({
      pool: { above: percent(95), for: minutes(5), severity: "high", warn: percent(80) },
      p99: { above: seconds(1), for: minutes(5) },
    }),
    postgres(database, {
      downFor: minutes(1),
      replicationLag: { above: mebibytes(256), for: minutes(5) },
      replicas: ["replica"],
    }),
    redis(queue, { downFor: minutes(1) }),
    openai({
      failures: { above: percent(5), for: minutes(5) },
      p95: { above: seconds(5), for: minutes(5) },
      // Four fifths of the 500 a minute that the account may make.
      callRate: { above: perMinute(400, "calls"), for: minutes(5) },
    }),
    externalApi("Slack", {
      calls: metrics.slackEvents,
      failed: metrics.slackEvents.where({ status: "error" }),
      failures: { above: percent(10), for: minutes(5), severity: "medium" },
    }),
    nodeRuntime({ heap: { above: percent(90), for: minutes(5) }, restarts: { for: minutes(10) } }),
    host({ ...machine, memory: { above: percent(85), for: minutes(10) } }),
    hourly("meetings", metrics.meetings, { title: "Meetings", section: "Usage", by: "status", onMain: true }),
    hourly("chat-queries", metrics.chatQueries, {
      title: "Chat questions",
      section: "Usage",
      by: "model",
      onMain: true,
    }),
    spread("chat-duration", metrics.chatDuration, { title: "Time to a chat answer", section: "Usage" }),
    activeUsers(),
    hourly("slack-events", metrics.slackEvents, { title: "Slack events", section: "Integrations", by: "event_type" }),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(99), over: days(30), below: seconds(1) }),
  ],
  checks: [health],
  dependsOn: [database, queue],
});
