import {
  atMost,
  counter,
  days,
  dependency,
  gauge,
  histogram,
  mebibytes,
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
  postgres,
  redis,
  spread,
  uptime,
} from "../alert-rules";

const status = ["success", "error"] as const;
const model = atMost(10);
const buckets = [0.1, 0.5, 1, 2, 5, 10];

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
    buckets,
  }),
  activeUsers: gauge("active_users", { unit: "users", help: "Users active in the last five minutes." }),
  slackEvents: counter("slack_integration_events_total", {
    counts: "events",
    help: "Events of the Slack integration, by type and how they ended.",
    labels: { event_type: atMost(20), status },
  }),
  openaiCalls: counter("openai_api_calls_total", {
    counts: "calls",
    help: "Calls to OpenAI's API, by operation, model and how they ended.",
    labels: { operation: atMost(10), model, status },
  }),
  openaiDuration: histogram("openai_api_duration_seconds", {
    unit: "seconds",
    help: "Time of a call to OpenAI's API.",
    labels: { operation: atMost(10), model },
    buckets,
  }),
  openaiTokens: counter("openai_api_tokens_total", {
    counts: "tokens",
    help: "Tokens that OpenAI's API was paid for.",
    labels: { type: ["prompt", "completion", "total"] },
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
      failing: { above: percent(5), for: minutes(2) },
      errors: { above: percent(5), for: minutes(5), severity: "critical", warn: percent(1) },
      p99: { above: seconds(3), for: minutes(5), severity: "critical", warn: seconds(2) },
    }),
    notedErrors(),
    databaseInDetail({
      pool: { above: percent(95), for: minutes(5), severity: "high", warn: percent(80) },
      p99: { above: seconds(1), for: minutes(5) },
    }),
    postgres(database, { downFor: minutes(1), replicationLag: { above: mebibytes(256), for: minutes(5) } }),
    redis(queue, { downFor: minutes(1) }),
    externalApi("OpenAI", {
      calls: metrics.openaiCalls,
      failed: metrics.openaiCalls.where({ status: "error" }),
      duration: metrics.openaiDuration,
      failures: { above: percent(5), for: minutes(5) },
      p95: { above: seconds(5), for: minutes(5) },
    }),
    externalApi("Slack", {
      calls: metrics.slackEvents,
      failed: metrics.slackEvents.where({ status: "error" }),
      failures: { above: percent(10), for: minutes(5), severity: "medium" },
    }),
    nodeRuntime({ heap: { above: percent(90), for: minutes(5) } }),
    host({
      memory: { above: percent(85), for: minutes(10) },
      // Less than a fifth is free.
      disk: { above: percent(80), for: minutes(10) },
      diskFills: { for: minutes(30) },
    }),
    hourly("meetings", metrics.meetings, {
      title: "Meetings",
      description: "Meetings processed, by how it ended.",
      section: "Usage",
      by: "status",
    }),
    hourly("chat-queries", metrics.chatQueries, {
      title: "Chat questions",
      description: "Questions asked in the chat, by the model that answered.",
      section: "Usage",
      by: "model",
    }),
    spread("chat-duration", metrics.chatDuration, {
      title: "Time to a chat answer",
      description: "Half of the answers come within the one line, 95 % within the other, and their average.",
      section: "Usage",
    }),
    level("active-users", metrics.activeUsers, {
      title: "Active users",
      description: "Users active in the last five minutes.",
      section: "Users",
    }),
    hourly("slack-events", metrics.slackEvents, {
      title: "Slack events",
      description: "Events of the Slack integration, by type.",
      section: "Integrations",
      by: "event_type",
    }),
    hourly("openai-tokens", metrics.openaiTokens, {
      title: "OpenAI tokens",
      description: "Tokens that OpenAI's API was paid for, by type.",
      section: "Integrations",
      by: "type",
    }),
  ],
  objectives: [
    availability({ target: percent(99.9), over: days(30) }),
    latency({ target: percent(99), over: days(30), below: seconds(1) }),
  ],
  checks: [health],
  dependsOn: [database, queue],
});
