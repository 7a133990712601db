import { atMost, counter } from "../metric";

/** Who is let in. `denied` is a wrong password, `error` is our own failure to tell. */
export const accessMetrics = {
  authenticationAttempts: counter("auth_attempts_total", {
    counts: "attempts",
    help: "Attempts to log in, by how they ended.",
    labels: { result: ["granted", "denied", "error"] },
  }),
  rateLimitHits: counter("rate_limit_hits_total", {
    counts: "requests",
    help: "Requests refused because their sender made too many, by route template.",
    labels: { route: atMost(50) },
  }),
};
