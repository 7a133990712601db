import {
  above,
  absent,
  alert,
  below,
  complement,
  count,
  type Dependency,
  type Duration,
  givenAtLeast,
  largest,
  minutes,
  pack,
  panel,
  plus,
  postgresMetrics,
  rate,
  ratio,
  smallest,
  sum,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";

const { postgresReplicationLag, ...m } = postgresMetrics;
const connectionUsage = ratio(sum(m.postgresConnections), sum(m.postgresMaxConnections));
const lag = largest(postgresReplicationLag, { by: ["application_name"] });
const place = { on: "database" } as const;

/** A PostgreSQL server, as postgres_exporter sees it. Where it is down, it speaks for whatever needs it. */
export function postgres<const R extends string = never>(
  server: Dependency,
  watch: {
    readonly downFor?: Duration;
    /** Of the connections that the server accepts, those that are taken, by all its clients. */
    readonly connections?: Measure<"ratio">;
    /** Where the server has replicas. */
    readonly replicationLag?: Measure<"bytes">;
    /** Replicas that there are to be, by the `application_name` that they connect with: `replica2`. Default: whatever is there. */
    readonly replicas?: readonly R[];
  },
) {
  const { downFor, connections, replicationLag, replicas = [] } = watch;
  const readsReplicas = replicationLag !== undefined || replicas.length > 0;
  return pack("postgres", {
    metrics: { ...m, ...(readsReplicas && { postgresReplicationLag }) },
    alerts: [
      downFor &&
        alert("DatabaseDown", {
          // Not `up`: that is 0 when the exporter is gone, and 1 while it stands beside a database that is down.
          when: below(smallest(m.postgresUp, { by: ["instance"] }), count(1, "servers")),
          for: downFor,
          severity: "critical",
          summary: `${server.title} is down.`,
          description: "The exporter at {label:instance} can't reach it.",
          panel: "postgres-up",
          nature: "cause",
          down: server.name,
        }),
      ...levels("DatabaseConnectionUsageHigh", connections, {
        when: (limit) => above(connectionUsage, limit),
        summary: "The database is running out of connections.",
        milder: "Many of the connections that the database accepts are taken.",
        description: "{value} of the connections that the database accepts are taken; the limit is {threshold}.",
        panel: "postgres-connections",
        nature: "cause",
      }),
      ...levels("DatabaseReplicationLagHigh", replicationLag, {
        when: (limit) => above(lag, limit),
        summary: "A replica of the database falls behind.",
        milder: "A replica of the database is a little behind.",
        description: "{label:application_name} is {value} of the log behind; the limit is {threshold}.",
        panel: "postgres-replication-lag",
        nature: "cause",
      }),
      ...replicas.map((name) => missing(name)),
    ],
    panels: [
      panel("postgres-up", {
        ...place,
        title: "The server is up",
        description: "Whether the exporter reaches the server; nothing while the exporter itself is gone.",
        section: "Is it up?",
        as: "states",
        series: [{ legend: "{instance}", of: smallest(m.postgresUp, { by: ["instance"] }) }],
      }),
      panel("postgres-connections", {
        ...place,
        title: "Connections to the server",
        description: "Share of the connections that the server accepts that are taken, by all its clients.",
        section: "Connections",
        series: [{ legend: "taken", of: connectionUsage }],
      }),
      panel("postgres-connection-states", {
        ...place,
        title: "What connections do",
        description: "Connections by state; many that are idle in transaction hold locks for nothing.",
        section: "Connections",
        series: [{ legend: "{state}", of: sum(m.postgresConnections, { by: ["state"] }) }],
      }),
      panel("postgres-transactions", {
        ...place,
        title: "Transactions",
        description: "Transactions committed and rolled back a second.",
        section: "Queries",
        series: [
          { legend: "committed", of: rate(m.postgresCommits) },
          { legend: "rolled back", of: rate(m.postgresRollbacks) },
        ],
      }),
      panel("postgres-index-usage", {
        ...place,
        title: "Scans by index",
        description:
          "Share of scans of each table that use an index; a large table far below 100 % lacks one. From postgres_exporter 0.13 on.",
        section: "Queries",
        series: [{ legend: "{relname}", of: indexUsage() }],
      }),
      panel("postgres-size", {
        ...place,
        title: "Size on the disk",
        description: "Size of each database.",
        section: "Storage and replicas",
        series: [{ legend: "{datname}", of: largest(m.postgresDatabaseSize, { by: ["datname"] }) }],
      }),
      // A server without replicas would have an empty panel.
      ...(readsReplicas
        ? [
            panel("postgres-replication-lag", {
              ...place,
              title: "Replicas behind",
              description: "How far each replica is behind, in bytes of the write-ahead log.",
              section: "Storage and replicas",
              series: [{ legend: "{application_name}", of: lag }],
            }),
          ]
        : []),
    ],
  });
}

/** `DatabaseReplicaMissing` of `replica`, `DatabaseReplica2Missing` of `replica2`, `DatabaseReplicaBerlinMissing` of `berlin`. */
type MissingReplica<R extends string> =
  `DatabaseReplica${Capitalize<R extends `replica${infer Rest}` ? Rest : R>}Missing`;

/**
 * A replica that is gone is behind by nothing at all: its row is no longer there. Said only while the server itself is up,
 * and held for longer than Prometheus remembers that of an exporter which is gone.
 */
function missing<const R extends string>(name: R) {
  const called = name.replace(/^replica/, "");
  const id = `DatabaseReplica${called.charAt(0).toUpperCase()}${called.slice(1)}Missing` as MissingReplica<R>;
  return alert(id, {
    when: givenAtLeast(
      count(1, "servers"),
      smallest(m.postgresUp),
      absent(postgresReplicationLag.where({ application_name: name as string })),
    ),
    for: minutes(10),
    severity: "high",
    summary: "A replica of the database is gone.",
    description: "{label:application_name} is not connected (value {value}): it gets nothing that is written.",
    runbook: "database-replica-missing",
    panel: "postgres-replication-lag",
    except: { datadog: "a composite monitor can't tell that one of its parts is absent" },
  });
}

/** Of all scans of a table, those by an index. */
function indexUsage() {
  const by = { by: ["relname"] } as const;
  const [indexed, sequential] = [rate(m.postgresIndexScans, by), rate(m.postgresSequentialScans, by)];
  return complement(ratio(sequential, plus(indexed, sequential)));
}
