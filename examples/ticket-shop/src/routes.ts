/**
 * The shop's routes and every status that each answers with, so that all their counters exist from the start: a rate
 * over a counter that appears together with its first error misses that error.
 */
export const routes = [
  { method: "GET", route: "/", statuses: [200, 500, 503] },
  { method: "GET", route: "/events", statuses: [200, 500, 503] },
  { method: "GET", route: "/events/:id", statuses: [200, 404, 500, 503] },
  { method: "POST", route: "/orders", statuses: [200, 201, 400, 402, 404, 500, 503] },
  { method: "GET", route: "/ws", statuses: [426] },
  { method: "GET", route: "/health", statuses: [200] },
  { method: "GET", route: "/ready", statuses: [200, 503] },
  { method: "GET", route: "unmatched", statuses: [404] },
] as const;

/** Routes that tell how the shop is; faults leave them alone. */
export const operationalRoutes: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);
