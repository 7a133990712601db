import { counter, gauge } from "../metric";

const from = "redis";

/** What redis_exporter tells of a Redis server. Whether the server answers is `redis_up`. */
export const redisMetrics = {
  redisUp: gauge("redis_up", { unit: "servers", help: "1 when the exporter reaches the server, else 0.", from }),
  redisMemoryUsed: gauge("redis_memory_used_bytes", { unit: "bytes", help: "Memory that the data takes.", from }),
  redisMemoryMax: gauge("redis_memory_max_bytes", {
    unit: "bytes",
    help: "Memory that the data may take; 0 means as much as there is.",
    from,
  }),
  redisEvictedKeys: counter("redis_evicted_keys_total", {
    counts: "keys",
    help: "Keys thrown out because the memory was full.",
    from,
  }),
  redisClients: gauge("redis_connected_clients", { unit: "connections", help: "Clients that are connected.", from }),
};
