import { atMost, counter, gauge, histogram } from "../metric";

/** What an application sees of its database when every query is counted, with the table that it is about. */
export const databaseMetrics = {
  databaseQueries: counter("db_queries_total", {
    counts: "queries",
    help: "Database queries, by operation, table and how they ended.",
    labels: { operation: atMost(10), table: atMost(30), status: ["success", "error"] },
  }),
  databaseQueryDuration: histogram("db_query_duration_seconds", {
    unit: "seconds",
    help: "Time of a database query, by operation and table.",
    labels: { operation: atMost(10), table: atMost(30) },
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5],
  }),
  databaseSlowQueries: counter("db_slow_queries_total", {
    counts: "queries",
    help: "Database queries that took longer than a second, by operation.",
    labels: { operation: atMost(10) },
  }),
  databaseConnectionErrors: counter("db_connection_errors_total", {
    counts: "connections",
    help: "Connections to the database that could not be had.",
  }),
  databasePoolSize: gauge("db_connection_pool_size", {
    unit: "connections",
    help: "Database connections that the pool has.",
  }),
  databasePoolAvailable: gauge("db_connection_pool_available", {
    unit: "connections",
    help: "Database connections of the pool that nobody is using.",
  }),
};
