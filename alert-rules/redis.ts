import {
  above,
  alert,
  below,
  bytes,
  count,
  type Dependency,
  type Duration,
  givenAtLeast,
  largest,
  pack,
  panel,
  rate,
  ratio,
  redisMetrics,
  smallest,
  sum,
} from "@watchbill/model";
import { databaseClientAlerts } from "./database";
import { levels, type Measure } from "./measure";

const { redisUp, redisMemoryUsed, redisMemoryMax, redisEvictedKeys, redisClients } = redisMetrics;
const memoryUsage = ratio(sum(redisMemoryUsed), sum(redisMemoryMax));

/** A Redis server, as redis_exporter sees it. Where it is down, it speaks for the symptoms of whatever needs it. */
export function redis(server: Dependency, watch: { readonly downFor?: Duration; readonly memory?: Measure<"ratio"> }) {
  const { downFor, memory } = watch;
  return pack("redis", {
    metrics: redisMetrics,
    alerts: [
      downFor &&
        alert("RedisDown", {
          when: below(smallest(redisUp, { by: ["instance"] }), count(1, "servers")),
          for: downFor,
          severity: "critical",
          summary: `${server.title} is down.`,
          description: "The exporter at {label:instance} can't reach it.",
          panel: "redis-up",
          nature: "cause",
          down: server.name,
          // It keeps nobody from the database.
          spares: databaseClientAlerts,
        }),
      ...levels("RedisMemoryUsageHigh", memory, {
        // A server without a limit says that its limit is 0; a share of that is infinite and no alarm.
        when: (limit) => givenAtLeast(bytes(1), sum(redisMemoryMax), above(memoryUsage, limit)),
        summary: "Redis is running out of memory.",
        milder: "The memory of Redis fills up.",
        description: "{value} of the memory that Redis may take is full; above {threshold} it soon throws keys away.",
        panel: "redis-memory",
        nature: "cause",
      }),
    ],
    panels: [
      panel("redis-up", {
        title: "Redis is up",
        description: "Whether the exporter reaches Redis; nothing while the exporter itself is gone.",
        on: "infrastructure",
        section: "Redis",
        as: "states",
        series: [{ legend: "{instance}", of: smallest(redisUp, { by: ["instance"] }) }],
      }),
      panel("redis-memory", {
        title: "Memory used",
        description: "Share of the memory that Redis may take; nothing to see where it has no limit.",
        on: "infrastructure",
        section: "Redis",
        series: [{ legend: "used", of: memoryUsage }],
      }),
      panel("redis-memory-bytes", {
        title: "Memory of the data",
        description: "Memory that the data takes.",
        on: "infrastructure",
        section: "Redis",
        series: [{ legend: "{instance}", of: largest(redisMemoryUsed, { by: ["instance"] }) }],
      }),
      panel("redis-evictions", {
        title: "Keys thrown away",
        description: "Keys that Redis threw away because its memory was full.",
        on: "infrastructure",
        section: "Redis",
        series: [{ legend: "keys", of: rate(redisEvictedKeys) }],
      }),
      panel("redis-clients", {
        title: "Clients",
        description: "Clients that are connected to Redis.",
        on: "infrastructure",
        section: "Redis",
        series: [{ legend: "{instance}", of: largest(redisClients, { by: ["instance"] }) }],
      }),
    ],
  });
}
