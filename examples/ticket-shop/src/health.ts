import type { Database } from "./database";

export interface Check {
  readonly status: "ok" | "failing";
  readonly milliseconds: number;
  /** Why it fails. */
  readonly reason?: string;
}

/** What a healthy database answers well within; also what a prober is kept waiting at most. */
const patienceMilliseconds = 500;

/** Asks the database for a sign of life. */
export async function checkDatabase(database: Database): Promise<Check> {
  const started = performance.now();
  const milliseconds = () => Math.round(performance.now() - started);
  try {
    await database.query("ping", patienceMilliseconds);
    return { status: "ok", milliseconds: milliseconds() };
  } catch (error) {
    return { status: "failing", milliseconds: milliseconds(), reason: (error as Error).message };
  }
}

/** Liveness: the process answers, so it is alive; a dependency that fails is reported, never a reason to restart. */
export async function health(database: Database) {
  const check = await checkDatabase(database);
  const { heapUsed, heapTotal, rss } = process.memoryUsage();
  return {
    status: check.status === "ok" ? "ok" : "degraded",
    uptimeSeconds: Math.round(process.uptime()),
    memoryBytes: { heapUsed, heapTotal, rss },
    checks: { database: check },
  };
}
