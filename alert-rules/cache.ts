import {
  alert,
  below,
  cacheMetrics,
  complement,
  count,
  type Duration,
  givenAtLeast,
  increase,
  minutes,
  pack,
  panel,
  type Quantity,
  ratio,
  type Severity,
} from "@watchbill/model";

const { cacheRequests: lookups } = cacheMetrics;
const window = { over: minutes(5) } as const;
const misses = lookups.where({ result: "miss" });
// From the misses: a cache that has never been hit has no series of hits, and its share of them is what matters then.
const hitRatio = complement(ratio(increase(misses, window), increase(lookups, window)));

/** What is found in the caches of the application. Fewer than a hundred look-ups in five minutes say nothing. */
export function cache(watch: {
  readonly hits?: { readonly below: Quantity<"ratio">; readonly for: Duration; readonly severity?: Severity };
}) {
  const { hits } = watch;
  return pack("cache", {
    metrics: cacheMetrics,
    alerts: [
      hits &&
        alert("CacheHitRatioLow", {
          when: givenAtLeast(count(100, "look-ups"), increase(lookups, window), below(hitRatio, hits.below)),
          for: hits.for,
          severity: hits.severity ?? "medium",
          summary: "The cache is missed too often.",
          description: "Only {value} of look-ups find their value in the cache; it should be more than {threshold}.",
          panel: "cache-hits",
        }),
    ],
    panels: [
      panel("cache-hits", {
        title: "Found in the cache",
        description: "Share of look-ups whose value was in the cache.",
        on: "main",
        section: "Dependencies",
        series: [{ legend: "found", of: hitRatio }],
      }),
    ],
  });
}
