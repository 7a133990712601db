import {
  above,
  count,
  databaseClientMetrics,
  databaseMetrics,
  type Expression,
  givenAtLeast,
  increase,
  minus,
  pack,
  panel,
  quantile,
  rate,
  ratio,
  sum,
} from "@watchbill/model";
import { levels, type Measure, milder } from "./measure";

const place = { on: "database" } as const;

interface Seen {
  readonly poolUsage: Expression<"ratio">;
  /** Queries within the window of `p99`, where they are counted. */
  readonly queries?: Expression<"queries">;
  readonly p99: Expression<"seconds">;
  readonly p99ByOperation: Expression<"seconds">;
}

interface Watched {
  readonly pool?: Measure<"ratio">;
  readonly p99?: Measure<"seconds">;
}

const levelled = [
  "DatabasePoolUsageHigh",
  "DatabaseConnectionFailuresHigh",
  "DatabaseQueryP99High",
  "DatabaseSlowQueriesHigh",
] as const;

/** What applications tell of their database. Another store that is down is not why. */
export const databaseClientAlerts: readonly string[] = levelled.flatMap((id) => [id, milder(id)]);

/** The alerts on what every application sees of its database: the pool it draws from, and how long queries take. */
const common = ({ poolUsage, queries, p99 }: Seen, watch: Watched) => [
  ...levels("DatabasePoolUsageHigh", watch.pool, {
    when: (limit) => above(poolUsage, limit),
    summary: "The database connection pool fills up.",
    milder: "Many connections of the database pool are in use.",
    description: "{value} of the pool's connections are in use; the limit is {threshold}, and at 100 % requests queue.",
    panel: "database-pool",
  }),
  ...levels("DatabaseQueryP99High", watch.p99, {
    // Of fewer than a hundred queries, the slowest one alone is 1 %.
    when: (limit) => (queries ? givenAtLeast(count(100, "queries"), queries, above(p99, limit)) : above(p99, limit)),
    summary: "Database queries are slow.",
    milder: "Database queries are getting slow.",
    description: "1 % of queries take longer than {value}; more than {threshold} is too long.",
    panel: "database-query-duration",
  }),
];

const commonPanels = ({ poolUsage, p99ByOperation }: Seen) => [
  panel("database-pool", {
    ...place,
    title: "Connection pool",
    description: "Share of the pool's connections that are in use. At 100 % requests wait for one.",
    section: "Connections",
    series: [{ legend: "in use", of: poolUsage }],
  }),
  panel("database-query-duration", {
    ...place,
    title: "Time of queries",
    description: "99 % of queries of each operation stay below its line.",
    section: "Queries",
    series: [{ legend: "{operation}", of: p99ByOperation }],
  }),
];

const client = databaseClientMetrics;
const fromClient: Seen = {
  poolUsage: ratio(sum(client.databaseConnectionsActive), sum(client.databaseConnectionsMax)),
  p99: quantile(0.99, client.databaseQueryDuration),
  p99ByOperation: quantile(0.99, client.databaseQueryDuration, { by: ["operation"] }),
};

/** The application's side of its database, where it tells its pool and the time of its queries. */
export const database = (watch: Watched) =>
  pack("database", { metrics: client, alerts: common(fromClient, watch), panels: commonPanels(fromClient) });

const { databaseQueries: queries, databaseConnectionErrors: connectionErrors, ...m } = databaseMetrics;
const fromQueries: Seen = {
  queries: increase(queries),
  poolUsage: ratio(minus(sum(m.databasePoolSize), sum(m.databasePoolAvailable)), sum(m.databasePoolSize)),
  p99: quantile(0.99, m.databaseQueryDuration),
  p99ByOperation: quantile(0.99, m.databaseQueryDuration, { by: ["operation"] }),
};

/** The same where the application counts each query, by table too, and what it could not connect to. */
export const databaseInDetail = (
  watch: Watched & {
    /** Connections that could not be had, a minute: `count(5, "connections")`. */
    readonly connectionFailures?: Measure<"connections">;
    /** Queries slower than a second, a minute. */
    readonly slowQueries?: Measure<"queries">;
  },
) =>
  pack("database", {
    metrics: databaseMetrics,
    alerts: [
      ...common(fromQueries, watch),
      ...levels("DatabaseConnectionFailuresHigh", watch.connectionFailures, {
        when: (limit) => above(increase(connectionErrors), limit),
        severity: "critical",
        summary: "The application can't connect to its database.",
        milder: "Some connections to the database fail.",
        description: "{value} connections to the database failed within {window}; the limit is {threshold}.",
        panel: "database-connection-failures",
        // It is why these fire, and the one to begin with.
        outranks: [
          "HttpErrorRatioHigh",
          "HttpErrorRatioElevated",
          "availability/ErrorBudgetBurnFast",
          "availability/ErrorBudgetBurnSlow",
        ],
      }),
      ...levels("DatabaseSlowQueriesHigh", watch.slowQueries, {
        when: (limit) => above(increase(m.databaseSlowQueries), limit),
        summary: "Many database queries are slow.",
        milder: "Some database queries are slow.",
        description: "{value} queries took longer than a second within {window}; the limit is {threshold}.",
        panel: "database-slow-queries",
      }),
    ],
    panels: [
      ...commonPanels(fromQueries),
      panel("database-pool-size", {
        ...place,
        title: "Connections of the pool",
        description: "Connections that the pool has, and those that nobody is using.",
        section: "Connections",
        series: [
          { legend: "all", of: sum(m.databasePoolSize) },
          { legend: "free", of: sum(m.databasePoolAvailable) },
        ],
      }),
      panel("database-connection-failures", {
        ...place,
        title: "Failed connections",
        description: "Connections to the database that could not be had, within a minute.",
        section: "Connections",
        series: [{ legend: "failed", of: increase(connectionErrors) }],
      }),
      panel("database-queries", {
        ...place,
        title: "Queries by table",
        description: "Queries a second; a table with many more than requests is asked once for each row (N + 1).",
        section: "Queries",
        series: [{ legend: "{table}", of: rate(queries, { by: ["table"] }) }],
      }),
      panel("database-failed-queries", {
        ...place,
        title: "Failing queries",
        description: "Share of queries that end in an error.",
        section: "Queries",
        series: [{ legend: "failing", of: ratio(rate(queries.where({ status: "error" })), rate(queries)) }],
      }),
      panel("database-slow-queries", {
        ...place,
        title: "Slow queries",
        description: "Queries that took longer than a second, within a minute; the log has their text.",
        section: "Queries",
        series: [{ legend: "slow", of: increase(m.databaseSlowQueries) }],
      }),
    ],
  });
