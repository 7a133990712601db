import {
  above,
  alert,
  atMost,
  below,
  complement,
  count,
  counter,
  type Expression,
  gauge,
  histogram,
  httpServerMetrics,
  increase,
  minus,
  minutes,
  percent,
  plus,
  quantile,
  rate,
  ratio,
  sum,
} from "@watchbill/model";
import { onlyPanel, panelOf, shopShowing } from "../../../support/grafana";

const { requests, duration } = httpServerMetrics;
const failed = requests.where({ status: /5../ });
const open = gauge("open", { unit: "connections" });
const limit = gauge("open_max", { unit: "connections" });
const sold = counter("sold_total", { counts: "tickets" });
const soldByEvent = counter("sold_total", { counts: "tickets", labels: { event: atMost(200) } });

const target = (of: Expression, changes: Parameters<typeof onlyPanel>[1] = {}, alerts: never[] = []) =>
  onlyPanel([shopShowing([panelOf([{ legend: "a {route}", of }])], alerts)], changes).targets[0];

const scope = 'job="shop",job=~"$job",instance=~"$instance"';

test("a query is filtered by the job itself beside what was chosen: All lets in what other jobs expose", () => {
  expect(target(sum(open))?.expr).toBe(`sum by (job) (open{${scope}})`);
});

test("a rate takes Grafana's window, which the smallest step holds at the declared one", () => {
  const five = target(rate(sold, { over: minutes(5) }));
  expect(five?.expr).toBe(`sum by (job) (rate(sold_total{${scope}}[$__rate_interval]))`);
  expect(five?.interval).toBe("75s");
  expect(target(quantile(0.95, duration))?.interval).toBe("15s");
  expect(target(sum(open))?.interval).toBeUndefined();
});

test("the step runs with the time lapse, written in one unit since Grafana reads no other", () => {
  expect(target(rate(sold), { lapse: 30 })?.interval).toBe("500ms");
  expect(target(rate(sold, { over: minutes(7) }))?.interval).toBe("105s");
});

test("a count keeps its window, since it is part of what the panel says", () => {
  expect(target(increase(sold, { over: minutes(15) }))?.expr).toContain("[15m]");
  expect(target(increase(sold, { over: minutes(15) }), { lapse: 30 })?.expr).toContain("[15m]");
});

test("a count that an alert watches is counted over the window that the alert waits for here", () => {
  const soldOver = (window: number) => increase(sold, { over: minutes(window) });
  const watched = alert("Sold", {
    when: above(soldOver(30), count(1, "tickets")),
    severity: "low",
    summary: "Sold.",
    description: "Sold.",
    panel: "picture",
  });
  expect(target(soldOver(30), { lapse: 30 }, [watched as never])?.expr).toContain("[1m]");
  // The environment tuned the alert's window, so the panel follows.
  expect(target(soldOver(15), {}, [watched as never])?.expr).toContain("[30m]");
});

test("a graph of what is counted over minutes shows the worst of each step, or a wide view would skip most of it", () => {
  const few = target(increase(sold, { over: minutes(5) }));
  expect(few?.expr).toBe(`max_over_time((sum by (job) (increase(sold_total{${scope}}[5m])))[$__interval:5m])`);
  // No step is shorter than what is counted, so that each has a count of its own.
  expect(few?.interval).toBe("300s");
  expect(target(increase(sold, { over: minutes(15) }))?.expr).not.toContain("over_time");
});

test("where little is the alarm, the worst is the least", () => {
  const few = alert("FewSold", {
    when: below(increase(sold, { over: minutes(5) }), count(1, "tickets")),
    severity: "low",
    summary: "Sold.",
    description: "Sold.",
    panel: "picture",
  });
  const { expr, interval } = target(increase(sold, { over: minutes(5) }), { lapse: 30 }, [few as never]) ?? {};
  expect(expr).toMatch(/^min_over_time\(.+\[10s\]\)\)\)\[\$__interval:10s\]\)$/);
  expect(interval).toBe("10s");
});

test("a panel that shows an alert's measure beside the same over another window shows both as declared", () => {
  const soldOver = (window: number) => increase(sold, { over: minutes(window) });
  const watched = alert("Sold", {
    when: above(soldOver(30), count(1, "tickets")),
    severity: "low",
    summary: "Sold.",
    description: "Sold.",
    panel: "picture",
  });
  const series = [5, 30].map((window) => ({ legend: `${window}`, of: soldOver(window) }));
  const { targets } = onlyPanel([shopShowing([panelOf(series)], [watched as never])]);
  expect(targets.map(({ expr }) => /\[(\w+)\]/.exec(expr)?.[1])).toEqual(["5m", "30m"]);
});

const zero = `0 * sum by (job) (up{${scope}})`;

test("a share of nothing that failed yet reads zero while there is traffic", () => {
  expect(target(ratio(rate(failed), rate(requests)))?.expr).toBe(
    `(sum by (job) (rate(http_requests_total{${scope},status=~"5.."}[$__rate_interval])) or ${zero}) / ` +
      `sum by (job) (rate(http_requests_total{${scope}}[$__rate_interval]))`,
  );
});

test("so does a part of the whole that it is held against", () => {
  const part = increase(requests.where({ status: "500" }), { over: minutes(5) });
  const counted = `(sum by (job) (increase(http_requests_total{${scope},status="500"}[5m])) or ${zero})`;
  expect(target(ratio(part, plus(part, increase(sold as never))))?.expr).toBe(
    `max_over_time((${counted} / (${counted} + sum by (job) (increase(sold_total{${scope}}[1m]))))[$__interval:1m])`,
  );
});

test("what is kept apart by label has no zero: nobody knows the labels of what has not happened", () => {
  expect(target(rate(failed, { by: ["route"] }))?.expr).not.toContain(" or ");
});

test("a legend names labels as Grafana does", () => {
  expect(target(sum(open))?.legendFormat).toBe("a {{route}}");
});

test.each<[string, Expression, object]>([
  ["a share", ratio(sum(open), sum(limit)), { unit: "percentunit", min: 0 }],
  ["what is left of a share", complement(ratio(sum(open), sum(limit))), { unit: "percentunit", min: 0 }],
  ["a time", quantile(0.5, duration), { unit: "s", min: 0 }],
  ["a size", quantile(0.5, histogram("s_bytes", { unit: "bytes", buckets: [1] })), { unit: "bytes", min: 0 }],
  ["requests a second", rate(requests), { unit: "reqps", min: 0, custom: { axisLabel: "" } }],
  ["anything else a second", rate(sold), { unit: "short", min: 0, custom: { axisLabel: "tickets/s" } }],
  ["a count", sum(open), { unit: "short", min: 0, custom: { axisLabel: "connections" } }],
])("%s has its unit, and an axis that begins at zero", (_, of, defaults) => {
  const panel = onlyPanel([shopShowing([panelOf([{ legend: "", of }])])]);
  expect(panel.fieldConfig.defaults).toMatchObject(defaults);
});

test("a difference can be negative, so its axis begins where the data does", () => {
  const panel = onlyPanel([shopShowing([panelOf([{ legend: "", of: minus(sum(limit), sum(open)) }])])]);
  expect(panel.fieldConfig.defaults).not.toHaveProperty("min");
});

test("a single value has no axis, so its title says what is counted unless it does already", () => {
  const titleOf = (title: string) =>
    onlyPanel([shopShowing([{ ...panelOf([{ legend: "sold", of: increase(sold) }], { as: "stat" }), title }])]).title;
  expect(titleOf("Revenue")).toBe("Revenue (tickets)");
  expect(titleOf("Tickets sold")).toBe("Tickets sold");
});

test("a single value is asked for once, of now, and colored where its limit is passed", () => {
  const watched = alert("FewSold", {
    when: {
      unit: "tickets",
      test: { op: "compare", comparison: "<", left: rate(sold).node, threshold: count(3, "tickets") },
    },
    severity: "high",
    summary: "Few.",
    description: "Few.",
    panel: "picture",
  });
  const stat = panelOf([{ legend: "sold", of: increase(sold) }], { as: "stat" });
  const panel = onlyPanel([shopShowing([stat], [watched])]);
  expect(panel).toMatchObject({ type: "stat", targets: [{ instant: true, range: false }] });
  expect(panel.fieldConfig.defaults.thresholds?.steps).toEqual([
    { value: null, color: "orange" },
    { value: 3, color: "green" },
  ]);
});

test("a ranking shows the ten largest series of now, the largest on top", () => {
  const ranked = panelOf([{ legend: "{event}", of: increase(soldByEvent, { by: ["event"] }) }], { as: "ranking" });
  const panel = onlyPanel([shopShowing([ranked])]);
  expect(panel).toMatchObject({
    type: "bargauge",
    targets: [
      { instant: true, range: false, expr: expect.stringMatching(/^sort_desc\(topk\(10, sum by \(job, event\)/) },
    ],
  });
});

test("a state is told in words and colors, on no scale, and its alert without a line", () => {
  const watched = alert("Closed", {
    when: below(sum(open), count(1, "connections")),
    severity: "critical",
    summary: "Closed.",
    description: "Closed.",
    panel: "picture",
  });
  const panel = onlyPanel([shopShowing([panelOf([{ legend: "open", of: sum(open) }], { as: "states" })], [watched])]);
  expect(panel).toMatchObject({
    type: "state-timeline",
    fieldConfig: {
      defaults: {
        mappings: [
          { type: "value", options: { "0": { text: "no", color: "red" }, "1": { text: "yes", color: "green" } } },
        ],
      },
    },
  });
  expect(panel.description).toContain("Alerts:\n\n- Closed (critical) below 1 connections");
});

test("more than 26 series are still told apart", () => {
  const series = Array.from({ length: 28 }, (_, index) => ({ legend: `${index}`, of: sum(open) }));
  const { targets } = onlyPanel([shopShowing([panelOf(series)])]);
  expect(targets.slice(24).map(({ refId }) => refId)).toEqual(["Y", "Z", "AA", "AB"]);
});

test("a share that may be more than all is not cut off at all", () => {
  const watched = alert("Doubled", {
    when: above(ratio(sum(open), sum(limit)), percent(200)),
    severity: "info",
    summary: "Doubled.",
    description: "Doubled.",
    panel: "picture",
  });
  const { defaults } = onlyPanel([
    shopShowing([panelOf([{ legend: "", of: ratio(sum(open), sum(limit)) }])], [watched as never]),
  ]).fieldConfig;
  expect(defaults).not.toHaveProperty("max");
  expect(defaults).toMatchObject({ custom: { axisSoftMax: 2.5 } });
});

test("a limit in percent is drawn where it is", () => {
  const watched = alert("Full", {
    when: above(ratio(sum(open), sum(limit)), percent(80)),
    severity: "medium",
    summary: "Full.",
    description: "Full.",
    panel: "picture",
  });
  const panel = onlyPanel([
    shopShowing([panelOf([{ legend: "", of: ratio(sum(open), sum(limit)) }])], [watched as never]),
  ]);
  expect(panel.fieldConfig.defaults.thresholds?.steps[1]).toEqual({ value: 0.8, color: "orange" });
});
