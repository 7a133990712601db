import {
  above,
  atLeast,
  below,
  bytes,
  complement,
  count,
  forecast,
  hours,
  increase,
  largest,
  mean,
  minus,
  minutes,
  percent,
  perSecond,
  plus,
  quantile,
  rate,
  ratio,
  scrapeMetrics,
  seconds,
  smallest,
  sum,
  within,
} from "@watchbill/model";
import { readMonitorQuery } from "./query-grammar";
import { alarm, errorRatio, hostMetrics, metrics, mistakesOf, monitorOf, uptimeMetrics } from "./shop";

const held = { for: minutes(5) };
const { requests, orders, open, lost, answer } = metrics;
const braces = "{env:production,service:shop}";
const failedOrders = (over = minutes(15)) =>
  ratio(increase(orders.where({ status: "failed" }), { over }), increase(orders, { over }));
const brokenConnections = (over = minutes(5)) => {
  const broken = increase(lost.where({ reason: "error" }), { over });
  return ratio(broken, plus(broken, sum(open)));
};

describe("a condition as a monitor evaluates it", () => {
  test("a share of one minute, held: each minute must be bad, whole minutes only, in percent", () => {
    const monitor = monitorOf(alarm(above(errorRatio, percent(1)), held));
    expect(monitor.query).toBe(
      "min(last_5m):100 * sum:shop.http_requests.count{env:production,service:shop,status:5*}.as_rate().rollup(sum, 60)" +
        ` / sum:shop.http_requests.count${braces}.as_rate().rollup(sum, 60) > 1`,
    );
    expect(monitor.thresholds).toEqual({ critical: 1 });
    expect(monitor.evaluationDelay).toBe(60);
  });

  test("little, held: the largest of the minutes must be too little, and nothing at all is told too", () => {
    const monitor = monitorOf(alarm(below(rate(requests), perSecond(1, "requests")), held));
    expect(monitor.query).toBe(`max(last_5m):sum:shop.http_requests.count${braces}.as_rate().rollup(sum, 60) < 1`);
    expect(monitor.onMissingData).toBe("show_and_notify_no_data");
  });

  test("a long window: counts are summed before they are divided", () => {
    const monitor = monitorOf(alarm(above(failedOrders(), percent(5))));
    expect(monitor.query).toBe(
      "sum(last_15m):100 * sum:shop.orders.count{env:production,service:shop,status:failed}.as_count()" +
        ` / sum:shop.orders.count${braces}.as_count() > 5`,
    );
    expect(monitor.evaluationDelay).toBeUndefined();
  });

  test("nothing counted for an hour reads zero", () => {
    const monitor = monitorOf(alarm(below(increase(orders, { over: hours(1) }), count(1, "orders"))));
    expect(monitor.query).toBe(`sum(last_1h):sum:shop.orders.count${braces}.as_count() < 1`);
    expect(monitor.onMissingData).toBe("default");
  });

  test("a rate over a window is its count divided by its length", () => {
    const monitor = monitorOf(alarm(above(rate(orders, { over: minutes(10) }), perSecond(0.5, "orders"))));
    expect(monitor.query).toBe(`sum(last_10m):sum:shop.orders.count${braces}.as_count() / 600 > 0.5`);
  });

  test("in a share of rates or of counts the windows' lengths cancel out", () => {
    const over = minutes(15);
    const rates = ratio(rate(orders.where({ status: "failed" }), { over }), rate(orders, { over }));
    expect(monitorOf(alarm(above(rates, percent(5)))).query).toBe(
      monitorOf(alarm(above(failedOrders(), percent(5)))).query,
    );
    const counts = ratio(increase(requests.where({ status: /5../ })), increase(requests));
    expect(monitorOf(alarm(above(counts, percent(1)), held)).query).toBe(
      monitorOf(alarm(above(errorRatio, percent(1)), held)).query,
    );
  });

  test("brackets stand where they say something", () => {
    const [a, b, c] = [sum(open), largest(open), smallest(open)];
    const query = (expression: typeof a) => monitorOf(alarm(above(expression, count(1, "connections")))).query;
    const [x, y, z] = ["sum", "max", "min"].map((fold) => `${fold}:shop.connections_open${braces}`);
    expect(query(minus(minus(a, b), c))).toBe(`max(last_1m):${x} - ${y} - ${z} > 1`);
    expect(query(minus(a, minus(b, c)))).toBe(`max(last_1m):${x} - (${y} - ${z}) > 1`);
  });

  test("a hold that its window is longer than is left out, since the window holds already", () => {
    const at = (held: number) => monitorOf(alarm(above(failedOrders(), percent(5)), { for: minutes(held) })).query;
    expect(at(15)).toBe(at(0));
    const query = monitorOf(alarm(above(errorRatio, percent(1)), { for: minutes(1) })).query;
    expect(readMonitorQuery(query)).toMatchObject({ aggregator: "sum", window: "last_1m" });
  });

  test.each([
    [
      "a percentile, held",
      quantile(0.95, answer),
      held,
      `min(last_5m):p95:shop.answer_seconds${braces}.rollup(60) > 2`,
    ],
    [
      "a percentile of a window",
      quantile(0.99, answer, { over: minutes(5) }),
      {},
      `percentile(last_5m):p99:shop.answer_seconds${braces} > 2`,
    ],
    [
      "a fine percentile",
      quantile(0.999, answer),
      held,
      `min(last_5m):p99.9:shop.answer_seconds${braces}.rollup(60) > 2`,
    ],
    ["an average, held", mean(answer), held, `min(last_5m):avg:shop.answer_seconds${braces}.rollup(60) > 2`],
  ] as const)("%s", (_, expression, changes, query) => {
    const monitor = monitorOf(alarm(above(expression, seconds(2)), changes));
    expect(monitor.query).toBe(query);
    expect(monitor.onMissingData).toBe("resolve");
  });

  test("a share within a bound counts the distribution's values", () => {
    const monitor = monitorOf(alarm(below(within(answer, seconds(1), { over: minutes(10) }), percent(90))));
    expect(monitor.query).toBe(
      `sum(last_10m):100 * count(v: v<=1):shop.answer_seconds${braces}.as_count()` +
        ` / count(v: v>=0):shop.answer_seconds${braces}.as_count() < 90`,
    );
  });

  test("a gauge, held and at once, above and below", () => {
    const query = (condition: Parameters<typeof alarm>[0], changes = {}) => monitorOf(alarm(condition, changes)).query;
    const limit = count(80, "connections");
    expect(query(above(sum(open), limit), held)).toBe(`min(last_5m):sum:shop.connections_open${braces} > 80`);
    expect(query(below(sum(open), limit), held)).toBe(`max(last_5m):sum:shop.connections_open${braces} < 80`);
    expect(query(above(largest(open), limit))).toBe(`max(last_1m):max:shop.connections_open${braces} > 80`);
    expect(query(below(smallest(open), limit))).toBe(`min(last_1m):min:shop.connections_open${braces} < 80`);
  });

  test("counts beside a gauge are counted backwards from each minute", () => {
    const monitor = monitorOf(alarm(above(brokenConnections(), percent(10)), { for: minutes(1) }));
    const counted =
      "moving_rollup(sum:shop.connections_lost.count{env:production,service:shop,reason:error}.as_rate().rollup(sum, 60), 300, 'sum')";
    expect(monitor.query).toBe(
      `max(last_5m):${counted} * 6000 / (${counted} * 60 + sum:shop.connections_open${braces}.rollup(avg, 60)) > 10`,
    );
    expect(readMonitorQuery(monitor.query).functions).toEqual(["moving_rollup", "moving_rollup"]);
  });

  test("a machine is read from the Agent's own metrics, each machine for itself", () => {
    const { memoryAvailable, memoryTotal } = hostMetrics;
    const by = ["instance"] as const;
    const used = complement(ratio(sum(memoryAvailable, { by }), sum(memoryTotal, { by })));
    const monitor = monitorOf(alarm(above(used, percent(85)), { for: minutes(10) }));
    expect(monitor.query).toBe(
      `min(last_10m):100 * (1 - sum:system.mem.usable${braces} by {host} / sum:system.mem.total${braces} by {host}) > 85`,
    );
    expect(monitor.newGroupDelay).toBe(300);
  });

  describe("a forecast", () => {
    const { filesystemAvailable } = hostMetrics;
    const full = (from: number, held = minutes(0)) =>
      monitorOf(
        alarm(
          below(
            forecast(filesystemAvailable.where({ mountpoint: "/" }), {
              from: hours(from),
              ahead: hours(24),
              by: ["instance"],
            }),
            bytes(0),
          ),
          { for: held },
        ),
      );

    test("is a straight line through all of its past", () => {
      expect(full(6).query).toBe(
        "min(next_1d):forecast(min:system.disk.free{env:production,service:shop,device:/} by {host}," +
          " 'linear', 1, interval='5m', history='6h', model='simple') <= 0",
      );
    });

    test.each([
      [1, "interval='1m', history='1h'"],
      [24, "interval='20m', history='1d'"],
      [72, "interval='60m', history='3d'"],
      [168, "interval='60m', history='1w'"],
    ])("over %i hours has points enough", (from, settings) => {
      expect(full(from).query).toContain(`, ${settings}, `);
    });

    test("is told at once, and says so where Prometheus waits", () => {
      expect(full(6, hours(1)).message).toContain(
        " Unlike in Prometheus, it is told at once, not after 1h.\n{{/is_alert}}",
      );
      expect(full(6).message).not.toContain("Unlike");
    });
  });

  test("an instance of the service is a tag of its own", () => {
    const monitor = monitorOf(alarm(atLeast(sum(open, { by: ["instance"] }), count(1, "connections"))));
    expect(readMonitorQuery(monitor.query).queries[0]?.by).toEqual(["instance"]);
  });
});

describe("what Datadog can't express names what it is and the way out", () => {
  const wayOut = ', or let Datadog do without it: except: { datadog: "why" }';
  const refused = (one: Parameters<typeof mistakesOf>[0][0]) => mistakesOf([one])[0];
  test.each([
    [
      "a window held for longer than it is",
      alarm(above(failedOrders(), percent(5)), { for: minutes(30) }),
      "a window of 15m that is held for 30m",
      "take a window of 1m held for longer, or one of 30m held for nothing",
    ],
    [
      "windows of different lengths",
      alarm(above(ratio(increase(orders, { over: minutes(5) }), increase(orders, { over: minutes(10) })), percent(5))),
      "windows of 5m and 10m in one formula",
      "give them one length",
    ],
    [
      "a percentile of too many decimals",
      alarm(above(quantile(0.99999, answer), seconds(1))),
      "the 99.999th percentile",
      "give it at most two decimals",
    ],
    [
      "an average of a long window",
      alarm(above(mean(answer, { over: minutes(5) }), seconds(1))),
      "an average over 5m",
      "take a window of 1m",
    ],
    [
      "a near forecast",
      alarm(below(forecast(open, { from: hours(1), ahead: hours(4) }), count(0, "connections"))),
      "a forecast of 4h",
      "look ahead between 12 hours and 3 months",
    ],
    [
      "what Prometheus says of its scrapes",
      alarm(below(smallest(scrapeMetrics.targetUp), count(1, "targets"))),
      "up, which Prometheus knows alone",
      "leave it to Prometheus",
    ],
    [
      "processors of all machines together",
      alarm(above(rate(hostMetrics.cpuTime.where({ mode: "user" })), perSecond(1, "seconds"))),
      "processor time summed over machines",
      'keep the machines apart: by: ["instance"]',
    ],
  ])("%s", (_, one, what, instead) => {
    expect(refused(one)).toBe(
      `datadog-inexpressible production/shop/Alarm: Datadog can't express ${what} → ${instead}${wayOut}`,
    );
  });

  test.each([
    ["several checks at once", below(smallest(uptimeMetrics.success), count(1, "checks"))],
    ["a check that passes", above(largest(uptimeMetrics.success.where({ check: "health" })), count(1, "checks"))],
  ])("%s", (_, condition) => {
    expect(refused(alarm(condition))).toBe(
      "datadog-inexpressible production/shop/Alarm: Datadog can't express the results of checks in a condition other" +
        ' than that one fails → hold one check against it: below(largest(success.where({ check: "…" })), count(1, "checks"))' +
        wayOut,
    );
  });
});
