import { atMost, gauge, histogram } from "../metric";

/** What an application sees of its database: its pool and its queries. */
export const databaseClientMetrics = {
  databaseQueryDuration: histogram("db_query_duration_seconds", {
    unit: "seconds",
    help: "Time of a database query, by operation.",
    labels: { operation: atMost(20) },
    buckets: [0.01, 0.05, 0.1, 0.5, 1],
  }),
  databaseConnectionsActive: gauge("db_connections_active", {
    unit: "connections",
    help: "Database connections that a query is using.",
  }),
  databaseConnectionsMax: gauge("db_connections_max", {
    unit: "connections",
    help: "Database connections that the pool may open.",
  }),
};
