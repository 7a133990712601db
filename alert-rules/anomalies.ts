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
  const { calendar, weeks } = watch;
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
  const open = (condition: Condition<"ratio">) => (calendar ? during(calendar, over, condition) : condition);
  const whenBusy = (condition: Condition<"ratio">) => open(givenAtLeast(floor, traffic.now, condition));
  return pack("anomalies", {
    metrics: { requests, ...(watch.latency && { duration }) },
    comparisons: comparisons.filter((one) => typeof one === "object"),
    alerts: [
      watch.traffic
        ? alert("HttpTrafficUnusuallyLow", {
            when: open(givenAtLeast(floor, traffic.usual, below(ratio(traffic.now, traffic.usual), percent(50)))),
            summary: "Far fewer requests than usual.",
            description: "Traffic is at {value} of what it usually is at this hour; less than {threshold} is unusual.",
            ...told,
          })
        : undefined,
      watch.traffic
        ? alert("HttpTrafficUnusuallyHigh", {
            when: whenBusy(above(ratio(traffic.now, traffic.usual), percent(200))),
            summary: "Far more requests than usual.",
            description: "Traffic is at {value} of what it usually is at this hour; more than {threshold} is unusual.",
            ...told,
          })
        : undefined,
      watch.latency
        ? alert("HttpLatencyUnusuallyHigh", {
            when: whenBusy(above(ratio(p95.now, p95.usual), percent(200))),
            summary: "Requests take far longer than usual.",
            description:
              "The slowest 5 % of requests take {value} of the time that they usually take at this hour; more than {threshold} is unusual.",
            ...told,
          })
        : undefined,
      watch.errors
        ? alert("HttpErrorRatioUnusuallyHigh", {
            when: whenBusy(above(ratio(minus(failing.now, failing.usual), traffic.now), percent(1))),
            summary: "More requests fail than usual.",
            description:
              "{value} of requests fail beyond those that usually do at this hour; more than {threshold} is unusual.",
            ...told,
          })
        : undefined,
    ],
  });
}
