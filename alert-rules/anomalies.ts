import {
  above,
  alert,
  below,
  type Calendar,
  type Condition,
  compared,
  during,
  givenAtLeast,
  httpServerMetrics,
  minus,
  minutes,
  not,
  pack,
  panel,
  percent,
  perSecond,
  quantile,
  rate,
  ratio,
  type WeeklyComparison,
} from "@watchbill/model";

const { requests, duration } = httpServerMetrics;
const over = minutes(5);

/** A hundred requests in five minutes: of fewer, half or double may be chance. */
const floor = perSecond(100 / over.value, "requests");

const except = { datadog: "Datadog learns by itself what is usual: its anomaly monitors are set up there" };
const place = { on: "main", except } as const;
const told = { for: minutes(15), severity: "info", except } as const;

/**
 * What is unlike the same hour of past weeks, though no limit is passed: traffic of less than half or more than double,
 * answers that take twice as long, failures of one request in a hundred more. Quiet at low traffic, and,
 * with a calendar, outside of it: give one that is always open but for its holidays, and these are not compared with
 * either. Compares with the median of three weeks, or of as many of them as the environment's retention holds.
 */
export function anomalies(watch: {
  readonly traffic?: boolean;
  readonly latency?: boolean;
  readonly errors?: boolean;
  readonly calendar?: Calendar;
  /** Past weeks. Default: 3. */
  readonly weeks?: number;
}) {
  const { calendar, weeks = 3 } = watch;
  const traffic = compared("job:http_requests:rate5m", rate(requests, { over }), { weeks, calendar });
  const p95 = compared("job:http_request_duration_seconds:p95_5m", quantile(0.95, duration, { over }), {
    weeks,
    calendar,
  });
  // What does not succeed: a service that has never failed has no series of failures to compare with.
  const succeeding = rate(requests.where({ status: not(/5../) }), { over });
  const failing = compared("job:http_requests_failing:rate5m", minus(rate(requests, { over }), succeeding), {
    weeks,
    calendar,
  });
  const comparisons: readonly (WeeklyComparison | false | undefined)[] = [
    traffic.comparison,
    watch.latency && p95.comparison,
    watch.errors && failing.comparison,
  ];
  const trafficRatio = ratio(traffic.now, traffic.usual);
  const latencyRatio = ratio(p95.now, p95.usual);
  const errorsBeyond = ratio(minus(failing.now, failing.usual), traffic.now);
  const past = weeks === 1 ? "as it was a week ago" : `the median of up to ${weeks} weeks`;
  const open = (condition: Condition<"ratio">) => (calendar ? during(calendar, over, condition) : condition);
  const whenBusy = (condition: Condition<"ratio">) => open(givenAtLeast(floor, traffic.now, condition));
  return pack("anomalies", {
    metrics: { requests, ...(watch.latency && { duration }) },
    comparisons: comparisons.filter((one) => typeof one === "object"),
    alerts: [
      watch.traffic
        ? alert("HttpTrafficUnusuallyLow", {
            when: open(givenAtLeast(floor, traffic.usual, below(trafficRatio, percent(50)))),
            summary: "Far fewer requests than usual.",
            description: "Traffic is at {value} of what it usually is at this hour; less than {threshold} is unusual.",
            panel: "http-traffic-usual",
            ...told,
          })
        : undefined,
      watch.traffic
        ? alert("HttpTrafficUnusuallyHigh", {
            when: whenBusy(above(trafficRatio, percent(200))),
            summary: "Far more requests than usual.",
            description: "Traffic is at {value} of what it usually is at this hour; more than {threshold} is unusual.",
            panel: "http-traffic-usual",
            ...told,
          })
        : undefined,
      watch.latency
        ? alert("HttpLatencyUnusuallyHigh", {
            when: whenBusy(above(latencyRatio, percent(200))),
            summary: "Requests take far longer than usual.",
            description:
              "The slowest 5 % of requests take {value} of the time that they usually take at this hour; more than {threshold} is unusual.",
            panel: "http-latency-usual",
            ...told,
          })
        : undefined,
      watch.errors
        ? alert("HttpErrorRatioUnusuallyHigh", {
            when: whenBusy(above(errorsBeyond, percent(1))),
            summary: "More requests fail than usual.",
            description:
              "{value} of requests fail beyond those that usually do at this hour; more than {threshold} is unusual.",
            panel: "http-errors-usual",
            ...told,
          })
        : undefined,
    ],
    panels: [
      panel("http-traffic-now-and-usually", {
        ...place,
        title: "Requests, and what is usual",
        description: `Requests a second, and how many there usually are at this hour of the week (${past}).`,
        section: "Traffic",
        series: [
          { legend: "now", of: traffic.now },
          { legend: "usual", of: traffic.usual },
        ],
      }),
      ...(watch.traffic
        ? [
            panel("http-traffic-usual", {
              ...place,
              title: "Requests against the usual",
              description: `Requests as a share of what is usual at this hour of the week (${past}); 100% is a week like any other.`,
              section: "Traffic",
              series: [{ legend: "of the usual", of: trafficRatio }],
            }),
          ]
        : []),
      ...(watch.latency
        ? [
            panel("http-latency-usual", {
              ...place,
              title: "Time to answer against the usual",
              description: `What the slowest 5 % of requests take, as a share of what is usual at this hour of the week (${past}).`,
              section: "Latency",
              series: [{ legend: "of the usual", of: latencyRatio }],
            }),
          ]
        : []),
      ...(watch.errors
        ? [
            panel("http-errors-usual", {
              ...place,
              title: "Failing beyond the usual",
              description: `Share of requests that fail beyond those that usually do at this hour of the week (${past}); below 0 fewer fail.`,
              section: "Errors",
              series: [{ legend: "beyond the usual", of: errorsBeyond }],
            }),
          ]
        : []),
    ],
  });
}
