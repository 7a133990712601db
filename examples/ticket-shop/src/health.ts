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

/**
 * Liveness: the process answers, so its status is ok. A dependency that fails is told beside it, and through /ready; a
 * restart of this process would not mend it.
 */
export async function health(database: Database) {
  const { heapUsed, heapTotal, rss } = process.memoryUsage();
  return {
    status: "ok",
    uptimeSeconds: Math.round(process.uptime()),
    memoryBytes: { heapUsed, heapTotal, rss },
    checks: { database: await checkDatabase(database) },
  };
}
