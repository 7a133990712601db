import { atMost, counter, gauge } from "../metric";

const from = "postgres";

/**
 * What postgres_exporter tells of a PostgreSQL server. Whether the server answers is `pg_up`; `up` says only whether the
 * exporter does.
 */
export const postgresMetrics = {
  postgresUp: gauge("pg_up", { unit: "servers", help: "1 when the exporter reaches the server, else 0.", from }),
  postgresConnections: gauge("pg_stat_activity_count", {
    unit: "connections",
    help: "Connections to the server, by database and state.",
    labels: { datname: atMost(20), state: atMost(10) },
    from,
  }),
  postgresMaxConnections: gauge("pg_settings_max_connections", {
    unit: "connections",
    help: "Connections that the server accepts.",
    from,
  }),
  postgresDatabaseSize: gauge("pg_database_size_bytes", {
    unit: "bytes",
    help: "Size of a database on the disk.",
    labels: { datname: atMost(20) },
    from,
  }),
  postgresCommits: counter("pg_stat_database_xact_commit", {
    counts: "transactions",
    help: "Transactions that were committed.",
    labels: { datname: atMost(20) },
    from,
  }),
  postgresRollbacks: counter("pg_stat_database_xact_rollback", {
    counts: "transactions",
    help: "Transactions that were rolled back.",
    labels: { datname: atMost(20) },
    from,
  }),
  /** One series a replica; a server without replicas has none. */
  postgresReplicationLag: gauge("pg_stat_replication_pg_wal_lsn_diff", {
    unit: "bytes",
    help: "How far a replica is behind, in bytes of the write-ahead log.",
    labels: { application_name: atMost(10) },
    from,
  }),
  /** From postgres_exporter 0.13 on; older ones have it with a query of your own. */
  postgresIndexScans: counter("pg_stat_user_tables_idx_scan", {
    counts: "scans",
    help: "Scans of a table by an index.",
    labels: { relname: atMost(100) },
    from,
  }),
  postgresSequentialScans: counter("pg_stat_user_tables_seq_scan", {
    counts: "scans",
    help: "Scans of a table from its first row to its last.",
    labels: { relname: atMost(100) },
    from,
  }),
};
