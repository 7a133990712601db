import {
  above,
  alert,
  count,
  givenAtLeast,
  increase,
  kebab,
  type Labels,
  mean,
  minutes,
  pack,
  panel,
  quantile,
  rate,
  ratio,
  type Selectable,
  select,
} from "@watchbill/model";
import type { Measure } from "./measure";

/**
 * One API of another company, by a name in CamelCase that its alerts begin with: `externalApi("Stripe", …)` gives
 * StripeFailureRatioHigh and StripeLatencyHigh. Fewer than ten calls in five minutes say nothing about a share.
 */
export function externalApi<
  const Name extends string,
  U extends string,
  C extends Labels,
  F extends Labels,
  D extends Labels,
>(
  name: Name,
  watch: {
    readonly calls: Selectable<"counter", U, C>;
    readonly failed: Selectable<"counter", NoInfer<U>, F>;
    readonly duration?: Selectable<"histogram", "seconds", D>;
    readonly failures: Measure<"ratio">;
    /** What 95 % of calls stay below. Needs the duration. */
    readonly p95?: Measure<"seconds">;
  },
) {
  const { calls, failed, duration, failures, p95 } = watch;
  const id = kebab(name);
  const window = { over: minutes(5) } as const;
  const tried = increase(calls, window);
  const failing = ratio(increase(failed, window), tried);
  return pack(`external-${id}`, {
    metrics: Object.fromEntries(
      [select(calls).metric, select(failed).metric, ...(duration ? [select(duration).metric] : [])].map((metric) => [
        metric.name,
        metric,
      ]),
    ),
    alerts: [
      alert(`${name}FailureRatioHigh`, {
        when: givenAtLeast(count(10, tried.unit), tried, above(failing, failures.above)),
        for: failures.for,
        severity: failures.severity ?? "high",
        summary: "Calls to an external API fail.",
        description: `{value} of calls to ${name} fail; more than {threshold} is too many.`,
        runbook: "external-api-failure-ratio-high",
        panel: `${id}-failures`,
      }),
      duration &&
        p95 &&
        alert(`${name}LatencyHigh`, {
          when: above(quantile(0.95, duration), p95.above),
          for: p95.for,
          severity: p95.severity ?? "medium",
          summary: "An external API is slow.",
          description: `5 % of calls to ${name} take longer than {value}; more than {threshold} is too long.`,
          runbook: "external-api-latency-high",
          panel: `${id}-duration`,
        }),
    ],
    panels: [
      panel(`${id}-failures`, {
        title: `${name}: failing calls`,
        description: `Share of calls to ${name} that fail.`,
        on: "main",
        section: "Dependencies",
        series: [{ legend: "failing", of: failing }],
      }),
      panel(`${id}-calls`, {
        title: `${name}: calls`,
        description: `Calls to ${name}; what it costs, and what its limits are held against.`,
        on: "main",
        section: "Dependencies",
        series: [{ legend: "calls", of: rate(calls) }],
      }),
      ...(duration
        ? [
            panel(`${id}-duration`, {
              title: `${name}: time to answer`,
              description: `How long ${name} takes: the average, and what 95 % of calls stay below.`,
              on: "main",
              section: "Dependencies",
              series: [
                { legend: "average", of: mean(duration) },
                { legend: "p95", of: quantile(0.95, duration) },
              ],
            }),
          ]
        : []),
    ],
  });
}
