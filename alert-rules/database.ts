import { above, alert, databaseClientMetrics, pack, panel, quantile, ratio, sum } from "@watchbill/model";
import type { Measure } from "./measure";

const {
  databaseQueryDuration: queryDuration,
  databaseConnectionsActive: active,
  databaseConnectionsMax: max,
} = databaseClientMetrics;
const poolUsage = ratio(sum(active), sum(max));

/** The application's side of its database: the pool it draws connections from, and how long queries take. */
export function database(watch: { readonly pool?: Measure<"ratio">; readonly p99?: Measure<"seconds"> }) {
  const { pool, p99 } = watch;
  return pack("database", {
    alerts: [
      pool &&
        alert("DatabasePoolUsageHigh", {
          when: above(poolUsage, pool.above),
          for: pool.for,
          severity: pool.severity ?? "medium",
          summary: "The database connection pool is nearly used up.",
          description: "{value} of the pool's connections are in use; above {threshold} requests begin to queue.",
          panel: "database-pool",
        }),
      p99 &&
        alert("DatabaseQueryP99High", {
          when: above(quantile(0.99, queryDuration), p99.above),
          for: p99.for,
          severity: p99.severity ?? "medium",
          summary: "Database queries are slow.",
          description: "1 % of queries take longer than {value}; more than {threshold} is too long.",
          panel: "database-query-duration",
        }),
    ],
    panels: [
      panel("database-pool", {
        title: "Connection pool",
        description: "Share of the pool's connections that are in use. At 100 % requests wait for one.",
        on: "main",
        section: "Database",
        series: [{ legend: "in use", of: poolUsage }],
      }),
      panel("database-query-duration", {
        title: "Time of queries",
        description: "99 % of queries of each operation stay below its line.",
        on: "main",
        section: "Database",
        series: [{ legend: "{operation}", of: quantile(0.99, queryDuration, { by: ["operation"] }) }],
      }),
    ],
  });
}
