import { atMost, counter, histogram } from "../metric";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"] as const;

/** What every HTTP server tells of itself. `route` is the template (`/events/:id`), never the raw path. */
export const httpServerMetrics = {
  requests: counter("http_requests_total", {
    counts: "requests",
    help: "HTTP requests answered, by method, route template and status code.",
    labels: { method: methods, route: atMost(50), status: atMost(20) },
  }),
  duration: histogram("http_request_duration_seconds", {
    unit: "seconds",
    help: "Time from a request's first byte to its answer's last, by method and route template.",
    labels: { method: methods, route: atMost(50) },
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
  }),
};
