import { atMost, counter } from "../metric";

/** What an application finds in its caches, and what it has to fetch. */
export const cacheMetrics = {
  cacheRequests: counter("cache_requests_total", {
    counts: "look-ups",
    help: "Look-ups in a cache, by whether the value was there.",
    labels: { cache: atMost(10), result: ["hit", "miss"] },
  }),
};
