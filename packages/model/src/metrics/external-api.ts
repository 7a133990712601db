import { counter, histogram, type Labels, type Selection } from "../metric";

/** What an application tells of its calls to one API of another company. */
export interface ExternalApi {
  readonly calls: Selection<"counter", "calls", Labels>;
  readonly failed: Selection<"counter", "calls", Labels>;
  readonly duration: Selection<"histogram", "seconds", Labels>;
}

/**
 * Calls to other companies' APIs, each by its name in lower case:
 * `const { stripe, brevo } = externalApis(["stripe", "brevo"])`. All are counted in the same two metrics.
 */
export function externalApis<const Api extends string>(names: readonly Api[]): Readonly<Record<Api, ExternalApi>> {
  const calls = counter("external_api_calls_total", {
    counts: "calls",
    help: "Calls to an external API, by how they ended.",
    labels: { api: names as readonly string[], status: ["success", "error"] },
  });
  const duration = histogram("external_api_duration_seconds", {
    unit: "seconds",
    help: "Time of a call to an external API.",
    labels: { api: names as readonly string[] },
    buckets: [0.1, 0.5, 1, 2, 5, 10],
  });
  const one = (api: string): ExternalApi => ({
    calls: calls.where({ api }) as ExternalApi["calls"],
    failed: calls.where({ api, status: "error" }) as ExternalApi["failed"],
    duration: duration.where({ api }) as ExternalApi["duration"],
  });
  return Object.fromEntries(names.map((name) => [name, one(name)])) as Record<Api, ExternalApi>;
}
