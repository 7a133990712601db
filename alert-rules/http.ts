import {
  above,
  alert,
  count,
  givenAtLeast,
  httpServerMetrics,
  increase,
  mean,
  minutes,
  pack,
  panel,
  quantile,
  rate,
  ratio,
} from "@watchbill/model";
import type { Measure } from "./measure";

const { requests, duration } = httpServerMetrics;
const failed = requests.where({ status: /5../ });
const errorRatio = ratio(rate(failed), rate(requests));

/**
 * Requests that fail and requests that wait. The share of failures is taken over one minute and must last, so that a
 * deploy's blip is not a page; fewer than ten requests in that minute say nothing about a share.
 */
export function http(watch: {
  readonly errors?: Measure<"ratio">;
  readonly p95?: Measure<"seconds">;
  readonly p99?: Measure<"seconds">;
}) {
  const { errors, p95, p99 } = watch;
  return pack("http", {
    alerts: [
      errors &&
        alert("HttpErrorRatioHigh", {
          when: givenAtLeast(count(10, "requests"), increase(requests), above(errorRatio, errors.above)),
          for: errors.for,
          // Failures that come and go within minutes are one page.
          keepFiring: minutes(5),
          severity: errors.severity ?? "medium",
          summary: "Requests are failing.",
          description: "{value} of requests end in a server error; more than {threshold} is too many.",
          panel: "http-error-ratio",
          // Whoever has been called for this need not be called for the budget that it burns.
          outranks: ["ErrorBudgetBurnFast", "ErrorBudgetBurnSlow"],
        }),
      p95 &&
        alert("HttpLatencyP95High", {
          when: above(quantile(0.95, duration), p95.above),
          for: p95.for,
          severity: p95.severity ?? "medium",
          summary: "One request in twenty is slow.",
          description: "5 % of requests take longer than {value}; more than {threshold} is too long.",
          panel: "http-latency",
        }),
      p99 &&
        alert("HttpLatencyP99High", {
          when: above(quantile(0.99, duration), p99.above),
          for: p99.for,
          severity: p99.severity ?? "medium",
          summary: "One request in a hundred is slow.",
          description: "1 % of requests take longer than {value}; more than {threshold} is too long.",
          panel: "http-latency",
        }),
    ],
    panels: [
      panel("http-request-rate", {
        title: "Requests",
        description: "Requests answered, by route. A fall at an unusual hour means that users can't reach us.",
        on: "main",
        section: "Traffic",
        series: [{ legend: "{route}", of: rate(requests, { by: ["route"] }) }],
      }),
      panel("http-error-ratio", {
        title: "Failing requests",
        description: "Share of requests that end in a server error (5xx).",
        on: "main",
        section: "Errors",
        series: [{ legend: "failing", of: errorRatio }],
      }),
      panel("http-errors-by-route", {
        title: "Failing requests by route",
        description: "Where the server errors come from.",
        on: "main",
        section: "Errors",
        series: [{ legend: "{route} {status}", of: rate(failed, { by: ["route", "status"] }) }],
      }),
      panel("http-latency", {
        title: "Time to answer",
        description: "How long requests take: half, 95 % and 99 % of them stay below these lines.",
        on: "main",
        section: "Latency",
        series: [
          { legend: "p50", of: quantile(0.5, duration) },
          { legend: "p95", of: quantile(0.95, duration) },
          { legend: "p99", of: quantile(0.99, duration) },
        ],
      }),
      panel("http-latency-by-route", {
        title: "Average time by route",
        description: "Which routes are slow on average.",
        on: "main",
        section: "Latency",
        series: [{ legend: "{route}", of: mean(duration, { by: ["route"] }) }],
      }),
    ],
  });
}
