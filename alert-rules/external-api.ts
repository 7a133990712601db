import {
  above,
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
import { levels, type Measure } from "./measure";

const window = { over: minutes(5) } as const;
const place = { on: "main", section: "Dependencies" } as const;

/**
 * One API of another company, by a name in CamelCase that its alerts begin with: `externalApi("Stripe", …)` gives
 * StripeFailureRatioHigh, StripeLatencyHigh and StripeCallRateHigh. Calls, failed calls and duration are those of
 * `externalApis`, or the application's own. Fewer than ten calls in five minutes say nothing.
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
    /** What people call it, within a sentence: `"the payment provider"`. Default: the name. */
    readonly title?: string;
    readonly calls: Selectable<"counter", U, C>;
    readonly failed: Selectable<"counter", NoInfer<U>, F>;
    readonly duration?: Selectable<"histogram", "seconds", D>;
    readonly failures: Measure<"ratio">;
    /** What 95 % of calls stay below. Needs the duration. */
    readonly p95?: Measure<"seconds">;
    /** Calls a second, near what the provider lets through. */
    readonly callRate?: Measure<`${NoInfer<U>}/second`>;
  },
) {
  const { title = name, calls, failed, duration, failures, p95, callRate } = watch;
  const id = kebab(name);
  const tried = increase(calls, window);
  const failing = ratio(increase(failed, window), tried);
  const slowest = duration && quantile(0.95, duration, window);
  const metrics = [calls, failed, ...(duration ? [duration] : [])].map((of) => select(of as typeof calls).metric);
  return pack(`external-${id}`, {
    metrics: Object.fromEntries(metrics.map((metric) => [metric.name, metric])),
    alerts: [
      ...levels(`${name}FailureRatioHigh`, failures, {
        when: (limit) => givenAtLeast(count(10, tried.unit), tried, above(failing, limit)),
        severity: "high",
        // Whatever is down here, it is not why others don't answer.
        nature: "cause",
        summary: `Calls to ${title} fail.`,
        milder: `Some calls to ${title} fail.`,
        description: `{value} of calls to ${title} fail; more than {threshold} is too many.`,
        runbook: "external-api-failure-ratio-high",
        panel: `${id}-failures`,
      }),
      ...(slowest
        ? levels(`${name}LatencyHigh`, p95, {
            when: (limit) => givenAtLeast(count(10, tried.unit), tried, above(slowest, limit)),
            nature: "cause",
            summary: `Calls to ${title} are slow.`,
            milder: `Calls to ${title} are getting slow.`,
            description: `5 % of calls to ${title} take longer than {value}; more than {threshold} is too long.`,
            runbook: "external-api-latency-high",
            panel: `${id}-duration`,
          })
        : []),
      ...levels(`${name}CallRateHigh`, callRate, {
        when: (limit) => above(rate(calls), limit),
        summary: `Calls to ${title} come close to its rate limit.`,
        milder: `Calls to ${title} are getting many for its rate limit.`,
        description: `${name} is called {value} times a second; with more than {threshold} calls are soon refused.`,
        runbook: "external-api-call-rate-high",
        panel: `${id}-calls`,
      }),
    ],
    panels: [
      panel(`${id}-failures`, {
        ...place,
        title: `${name}: failing calls`,
        description: `Share of calls to ${title} that fail, over five minutes.`,
        series: [{ legend: "failing", of: failing }],
      }),
      panel(`${id}-calls`, {
        ...place,
        title: `${name}: calls`,
        description: `Calls to ${title}; what it costs, and what its limits are held against.`,
        series: [{ legend: "calls", of: rate(calls) }],
      }),
      ...(duration && slowest
        ? [
            panel(`${id}-duration`, {
              ...place,
              title: `${name}: time to answer`,
              description: `How long calls to ${title} take: the average, and what 95 % of them stay below.`,
              series: [
                { legend: "average", of: mean(duration, window) },
                { legend: "p95", of: slowest },
              ],
            }),
          ]
        : []),
    ],
  });
}
