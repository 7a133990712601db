import {
  above,
  alert,
  type Condition,
  count,
  givenAtLeast,
  httpServerMetrics,
  increase,
  mean,
  minutes,
  not,
  pack,
  panel,
  type Quantity,
  quantile,
  rate,
  ratio,
} from "@watchbill/model";
import { levels, type Measure } from "./measure";
import { ratesOverWindows, sharesOverWindows } from "./windows";

const { requests, duration } = httpServerMetrics;
const failed = requests.where({ status: /5../ });
const errorRatio = ratio(rate(failed), rate(requests));

const burns = ["availability/ErrorBudgetBurnSlow"];

/** Enough requests in the same minute for one that is slow not to be the whole share that is held against the limit. */
const ofMany = (least: number, condition: Condition<"seconds">) =>
  givenAtLeast(count(least, "requests"), increase(requests), condition);

/**
 * Requests that fail and requests that wait. The share of failures is taken over one minute and must last, so that a
 * deploy's blip is not a page; fewer than ten requests in that minute say nothing about a share. Of the slowest 5 % there is
 * nothing to say below twenty requests, of the slowest 1 % below a hundred: a service of less traffic takes p95.
 */
export function http(watch: {
  /**
   * So many failures that the service as good as doesn't answer: told sooner than `errors`. Hold it for 90 s, since a
   * deploy's blip of 30 s stays in the share of a minute for nearly as long as that.
   */
  readonly failing?: Measure<"ratio">;
  readonly errors?: Measure<"ratio">;
  readonly p95?: Measure<"seconds">;
  readonly p99?: Measure<"seconds">;
  readonly average?: Measure<"seconds">;
}) {
  const { failing, errors, p95, p99, average } = watch;
  const passed = (limit: Quantity<"ratio">) =>
    givenAtLeast(count(10, "requests"), increase(requests), above(errorRatio, limit));
  return pack("http", {
    metrics: httpServerMetrics,
    alerts: [
      failing &&
        alert("HttpServerFailing", {
          when: passed(failing.above),
          for: failing.for,
          keepFiring: minutes(5),
          severity: failing.severity ?? "critical",
          summary: "The service fails its users.",
          description: "{value} of requests end in a server error; with more than {threshold} it counts as down.",
          panel: "http-error-ratio",
          outranks: ["HttpErrorRatioHigh", "HttpErrorRatioElevated", ...burns],
        }),
      ...levels("HttpErrorRatioHigh", errors, {
        when: passed,
        // Failures that come and go within minutes are one page.
        keepFiring: minutes(5),
        summary: "Requests are failing.",
        milder: "A few requests are failing.",
        description: "{value} of requests end in a server error; more than {threshold} is too many.",
        panel: "http-error-ratio",
        // Whoever has been called for this need not be called for the budget that it burns.
        outranks: burns,
      }),
      ...levels("HttpLatencyP95High", p95, {
        when: (limit) => ofMany(20, above(quantile(0.95, duration), limit)),
        summary: "One request in twenty is slow.",
        milder: "One request in twenty is getting slow.",
        description: "5 % of requests take longer than {value}; more than {threshold} is too long.",
        panel: "http-latency",
      }),
      ...levels("HttpLatencyP99High", p99, {
        when: (limit) => ofMany(100, above(quantile(0.99, duration), limit)),
        summary: "One request in a hundred is slow.",
        milder: "One request in a hundred is getting slow.",
        description: "1 % of requests take longer than {value}; more than {threshold} is too long.",
        panel: "http-latency",
      }),
      ...levels("HttpLatencyAverageHigh", average, {
        when: (limit) => ofMany(20, above(mean(duration), limit)),
        summary: "Requests are slow.",
        milder: "Requests are getting slow.",
        description: "Requests take {value} on average; more than {threshold} is too long.",
        panel: "http-latency",
      }),
    ],
    panels: [
      ...ratesOverWindows(
        {
          id: "http-requests",
          title: "Requests a second",
          description: "Requests answered, on average.",
          on: "main",
          section: "Traffic",
        },
        requests,
      ),
      panel("http-request-rate", {
        title: "Requests",
        description: "Requests answered, by route. A fall at an unusual hour means that users can't reach us.",
        on: "main",
        section: "Traffic",
        series: [{ legend: "{route}", of: rate(requests, { by: ["route"] }) }],
      }),
      panel("http-throughput", {
        title: "Requests answered well",
        description: "Requests that ended without a server error.",
        on: "main",
        section: "Traffic",
        series: [{ legend: "answered well", of: rate(requests.where({ status: not(/5../) })) }],
      }),
      ...sharesOverWindows(
        {
          id: "http-failing",
          title: "Failing requests",
          description: "Share of requests that ended in a server error (5xx).",
          on: "main",
          section: "Errors",
        },
        failed,
        requests,
      ),
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
        description: "How long requests take: half, 95 % and 99 % of them stay below these lines; the average.",
        on: "main",
        section: "Latency",
        series: [
          { legend: "p50", of: quantile(0.5, duration) },
          { legend: "p95", of: quantile(0.95, duration) },
          { legend: "p99", of: quantile(0.99, duration) },
          { legend: "average", of: mean(duration) },
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
