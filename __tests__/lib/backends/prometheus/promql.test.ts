import {
  above,
  absent,
  always,
  below,
  calendar,
  complement,
  count,
  counter,
  during,
  type Expression,
  forecast,
  gauge,
  givenAtLeast,
  histogram,
  hours,
  httpServerMetrics,
  increase,
  largest,
  mean,
  minus,
  minutes,
  percent,
  plus,
  quantile,
  rate,
  ratio,
  seconds,
  sum,
  within,
} from "@watchbill/model";
import { printNode, printTest } from "../../../../lib/backends/prometheus/promql";
import { ruleStyle } from "../../../../lib/backends/prometheus/style";
import { formatDuration } from "../../../../lib/lapse";
import { environmentWith } from "../../../support/declarations";

const { requests, duration } = httpServerMetrics;
const style = { scope: () => 'job="shop"', window: formatDuration };
const print = ({ node }: Expression) => printNode(node, style);
const open = gauge("open", { unit: "connections" });
const lost = counter("lost_total", { counts: "connections" });
const sizes = histogram("size_bytes", { unit: "bytes", buckets: [1, 10] });
const escaped = counter("e_total", { counts: "things", labels: { path: ["a"] } });

test.each<[string, Expression, string]>([
  ["a rate is summed", rate(requests), 'sum by (job) (rate(http_requests_total{job="shop"}[1m]))'],
  [
    "labels are kept apart on demand",
    increase(requests, { over: minutes(5), by: ["route"] }),
    'sum by (job, route) (increase(http_requests_total{job="shop"}[5m]))',
  ],
  [
    "a quantile is of rates of buckets, summed by le",
    quantile(0.95, duration),
    'histogram_quantile(0.95, sum by (job, le) (rate(http_request_duration_seconds_bucket{job="shop"}[1m])))',
  ],
  [
    "a mean is weighted by the number of observations",
    mean(sizes),
    'sum by (job) (rate(size_bytes_sum{job="shop"}[1m])) / sum by (job) (rate(size_bytes_count{job="shop"}[1m]))',
  ],
  [
    "a share within a bound reads that bucket",
    within(duration, seconds(0.5)),
    'sum by (job) (rate(http_request_duration_seconds_bucket{job="shop",le="0.5"}[1m])) / sum by (job) (rate(http_request_duration_seconds_count{job="shop"}[1m]))',
  ],
  [
    "a whole bound is found as Prometheus 2 and 3 write it",
    within(duration, seconds(2)),
    'sum by (job) (rate(http_request_duration_seconds_bucket{job="shop",le=~"2(\\\\.0)?"}[1m])) / sum by (job) (rate(http_request_duration_seconds_count{job="shop"}[1m]))',
  ],
  [
    "a mean that something is divided by is bracketed",
    ratio(sum(gauge("free_bytes", { unit: "bytes" })), mean(sizes)),
    'sum by (job) (free_bytes{job="shop"}) / (sum by (job) (rate(size_bytes_sum{job="shop"}[1m])) / sum by (job) (rate(size_bytes_count{job="shop"}[1m])))',
  ],
  ["gauges are folded", largest(open, { by: ["instance"] }), 'max by (job, instance) (open{job="shop"})'],
  [
    "a forecast takes the series that ends lowest, of those that are known for half of its window",
    forecast(open, { from: hours(6), ahead: hours(24) }),
    'min by (job) (predict_linear(open{job="shop"}[6h:5m], 86400) and open{job="shop"} offset 3h)',
  ],
  [
    "a sum below a division is bracketed",
    ratio(increase(lost), plus(increase(lost), sum(open))),
    'sum by (job) (increase(lost_total{job="shop"}[1m])) / (sum by (job) (increase(lost_total{job="shop"}[1m])) + sum by (job) (open{job="shop"}))',
  ],
  [
    "what is right of a minus is bracketed",
    minus(sum(open), minus(sum(open), sum(open))),
    'sum by (job) (open{job="shop"}) - (sum by (job) (open{job="shop"}) - sum by (job) (open{job="shop"}))',
  ],
  [
    "a complement needs no brackets around a division",
    complement(ratio(sum(open), sum(open))),
    '1 - sum by (job) (open{job="shop"}) / sum by (job) (open{job="shop"})',
  ],
  [
    "quotes, backslashes and line ends in a value are escaped",
    rate(escaped.where({ path: 'a"\\\n' as "a" })),
    'sum by (job) (rate(e_total{job="shop",path="a\\"\\\\\\n"}[1m]))',
  ],
])("%s", (_, expression, text) => {
  expect(print(expression)).toBe(text);
});

test("a floor of events is matched by job, so that a value kept apart by instance finds it", () => {
  const condition = givenAtLeast(
    count(10, "requests"),
    increase(requests),
    above(ratio(rate(requests.where({ status: /5../ })), rate(requests)), percent(5)),
  );
  expect(printTest(condition.test, style)).toBe(
    '(sum by (job) (rate(http_requests_total{job="shop",status=~"5.."}[1m])) / sum by (job) (rate(http_requests_total{job="shop"}[1m])) > 0.05) and on (job) (sum by (job) (increase(http_requests_total{job="shop"}[1m])) >= 10)',
  );
});

test("where little is the alarm, a counter that isn't there reads zero, within its calendar", () => {
  const office = calendar("office", { zone: "Europe/London", from: "09:00", to: "17:00" });
  const drought = during(office, hours(1), below(increase(lost, { over: hours(1) }), count(1, "connections")));
  expect(printTest(drought.test, style)).toBe(
    '((sum by (job) (increase(lost_total{job="shop"}[1h])) or on () vector(0)) < 1) and on () (min_over_time(calendar:active{calendar="office"}[1h]) == 1)',
  );
});

test("a share of what is counted is never told to be more than all, which extrapolating each count could make of it", () => {
  const counted = (part: number) => ratio(increase(lost), increase(lost, { over: minutes(part) }));
  const test = (of: Expression<"ratio">, limit: number) => printTest(above(of, percent(limit)).test, style);
  const share =
    'sum by (job) (increase(lost_total{job="shop"}[1m])) / sum by (job) (increase(lost_total{job="shop"}[5m]))';
  expect(test(counted(5), 10)).toBe(`clamp_max(${share}, 1) > 0.1`);
  // What may be more than all is left as it is, and so is a share of rates over one window.
  expect(test(counted(5), 200)).toBe(`${share} > 2`);
  expect(test(ratio(rate(lost), rate(lost)), 10)).not.toContain("clamp_max");
});

test("absence and a watchdog", () => {
  expect(printTest(absent(open).test, style)).toBe('absent(open{job="shop"})');
  expect(printTest(absent(open, { over: minutes(2) }).test, style)).toBe('absent_over_time(open{job="shop"}[2m])');
  expect(printTest(always(open, { within: minutes(2) }).test, style)).toBe(
    'count(present_over_time(open{job="shop"}[2m])) >= 1',
  );
});

test("in a time lapse a forecast looks ahead in the time that it looks back in", () => {
  const expression = forecast(open, { from: hours(6), ahead: hours(24) });
  const environment = environmentWith([], { lapse: 30 });
  expect(printNode(expression.node, ruleStyle(environment, { name: "shop" }))).toBe(
    'min by (job) (predict_linear(open{job="shop"}[12m:10s], 2880) and last_over_time(open{job="shop"}[5m] offset 6m))',
  );
});
