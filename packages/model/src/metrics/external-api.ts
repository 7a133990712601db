import { counter, histogram } from "../metric";

/** Calls to other companies' APIs, each by its name in lower case: `externalApiMetrics(["stripe", "brevo"])`. */
export const externalApiMetrics = <const A extends readonly string[]>(apis: A) => ({
  externalApiCalls: counter("external_api_calls_total", {
    counts: "calls",
    help: "Calls to an external API, by how they ended.",
    labels: { api: apis, status: ["success", "error"] },
  }),
  externalApiDuration: histogram("external_api_duration_seconds", {
    unit: "seconds",
    help: "Time of a call to an external API.",
    labels: { api: apis },
    buckets: [0.1, 0.5, 1, 2, 5, 10],
  }),
});
