import {
  above,
  dashboard,
  days,
  gauge,
  hours,
  increase,
  minutes,
  not,
  objective,
  type Panel,
  pack,
  panel,
  percent,
  quantile,
  rate,
  ratio,
  seconds,
  smallest,
  sum,
} from "@watchbill/model";
import { readQuery } from "./query-grammar";
import { alarm, errorRatio, hostMetrics, metrics, uptimeMetrics, watched } from "./shop";

const { answer, open, orders, requests } = metrics;
const main = dashboard("main", { title: "Main", question: "Well?", sections: ["Objectives", "Traffic", "Machines"] });
const about = { title: "Panel", description: "What it tells.", on: "main", section: "Traffic" };

interface Widget {
  // biome-ignore lint/suspicious/noExplicitAny: a definition is JSON of any shape.
  readonly definition: any;
  readonly layout: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

function drawn(panels: readonly Panel[], alerts: Parameters<typeof pack>[1]["alerts"] = [], more = {}) {
  const { data, diagnostics } = watched([], {
    service: { watch: [pack("panels", { alerts, panels })], ...more },
    environment: { dashboards: [main, dashboard("empty", { title: "Empty", question: "No?", sections: ["None"] })] },
  });
  expect(data.dashboards.map(({ key }) => key)).toEqual(data.dashboards.length > 0 ? ["shop-main"] : []);
  const json = data.dashboards[0]?.json as { readonly widgets: readonly Widget[] } & Record<string, unknown>;
  return { json, groups: json?.widgets ?? [], diagnostics };
}
const widgetOf = (one: Panel, alerts: Parameters<typeof pack>[1]["alerts"] = []) =>
  drawn([one], alerts).groups[0]?.definition.widgets[0].definition;
const queriesOf = (definition: Widget["definition"]) =>
  definition.requests.flatMap(({ queries }: { queries: readonly { readonly query: string }[] }) =>
    queries.map(({ query }) => query),
  );

describe("a dashboard", () => {
  test("has what Datadog would add, and nothing that it makes up itself", () => {
    const { json } = drawn([panel("a", { ...about, series: [{ legend: "a", of: rate(requests) }] })]);
    expect(json).toMatchObject({
      title: "shop: Main (production)",
      description: "Well?",
      layout_type: "ordered",
      reflow_type: "fixed",
      notify_list: [],
      tags: ["team:commerce"],
      template_variables: [],
    });
    expect(JSON.stringify(json)).not.toMatch(/"(id|url|author_handle|created_at|modified_at)":/);
  });

  test("has its sections in order, one below another, and no widget over another", () => {
    const many = Array.from({ length: 5 }, (_, index) =>
      panel(`p${index}`, {
        ...about,
        section: index < 3 ? "Traffic" : "Machines",
        as: index === 1 ? "stat" : "timeseries",
        series: [{ legend: "a", of: sum(open) }],
      }),
    );
    const { groups } = drawn(many);
    expect(groups.map(({ definition }) => definition.title)).toEqual(["Traffic", "Machines"]);
    let bottom = 0;
    for (const { definition, layout } of groups) {
      expect(layout).toMatchObject({ x: 0, y: bottom, width: 12 });
      bottom += layout.height;
      const cells = (definition.widgets as readonly Widget[]).flatMap(({ layout: { x, y, width, height } }) =>
        Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      for (const cell of cells) {
        const [x = 0, y = 0] = cell.split(",").map(Number);
        expect(x).toBeLessThan(12);
        expect(y).toBeLessThan(layout.height - 1);
      }
    }
  });

  test("shows objectives in their section", () => {
    const bad = requests.where({ status: /5../ });
    const availability = objective("availability", {
      title: "Answered",
      target: percent(99.9),
      over: days(30),
      indicator: { kind: "events", bad, all: requests.where({}) },
    });
    const { groups } = drawn([], [], { objectives: [availability] });
    expect(groups[0]?.definition.title).toBe("Objectives");
    expect(groups[0]?.definition.widgets[0].definition).toMatchObject({
      type: "slo",
      slo_id: "{objective:shop-availability}",
      time_windows: ["30d"],
    });
  });
});

describe("a panel as a widget", () => {
  test("draws a share as it is, its alert's limit, and a link to the runbook", () => {
    const one = panel("errors", { ...about, series: [{ legend: "failing", of: errorRatio }] });
    const alert = alarm(above(errorRatio, percent(1)), { panel: "errors", for: minutes(5), severity: "critical" });
    const definition = widgetOf(one, [alert]);
    expect(definition.requests[0].formulas).toEqual([
      {
        alias: "failing",
        formula: "query1 / query2",
        number_format: { unit: { type: "canonical_unit", unit_name: "fraction" } },
      },
    ]);
    expect(definition.markers).toEqual([
      { display_type: "error dashed", label: "Alarm (critical) above 1% for 5m", value: "y = 0.01" },
    ]);
    expect(definition.custom_links).toEqual([
      { label: "Runbook: Alarm", link: "https://runbooks.example.com/alarm.md" },
    ]);
  });

  test("names a query once and lets tags be their own legend", () => {
    const of = ratio(rate(requests, { by: ["route"] }), rate(requests, { by: ["route"] }));
    const definition = widgetOf(panel("p", { ...about, series: [{ legend: "share: {route}", of }] }));
    expect(definition.requests[0].formulas[0]).toMatchObject({ alias: "share", formula: "query1 / query1" });
    expect(definition.requests[0].queries).toHaveLength(1);
    const bare = widgetOf(panel("p", { ...about, series: [{ legend: "{route}", of }] }));
    expect(bare.requests[0].formulas[0]).not.toHaveProperty("alias");
  });

  test.each([
    ["{type} ({severity})", undefined],
    ["errors ({severity})", "errors"],
    ["{a} / {b}", undefined],
    ["errors {type} a minute", "errors a minute"],
    ["p95 (slow)", "p95 (slow)"],
  ])("leaves no brackets of tags in the legend %s", (legend, alias) => {
    const definition = widgetOf(panel("p", { ...about, series: [{ legend, of: sum(open) }] }));
    expect(definition.requests[0].formulas[0].alias).toBe(alias);
  });

  test("counts a long window backwards from each point", () => {
    const failed = increase(orders.where({ status: "failed" }), { over: minutes(15) });
    const of = ratio(failed, increase(orders, { over: minutes(15) }));
    const definition = widgetOf(panel("p", { ...about, series: [{ legend: "failing", of }] }));
    expect(definition.requests[0].formulas[0].formula).toBe(
      "moving_rollup(default_zero(query1), 900, 'avg') / moving_rollup(default_zero(query2), 900, 'avg')",
    );
    for (const query of queriesOf(definition)) expect(query).toMatch(/\.as_rate\(\)\.rollup\(sum, 60\)$/);
  });

  test.each([
    ["a rate", rate(orders), "query1"],
    ["a rate over ten minutes", rate(orders, { over: minutes(10) }), "moving_rollup(default_zero(query1), 600, 'avg')"],
    ["a count of a minute", increase(orders), "query1 * 60"],
    [
      "a count of ten minutes",
      increase(orders, { over: minutes(10) }),
      "moving_rollup(default_zero(query1), 600, 'avg') * 600",
    ],
  ])("draws %s by rates, which mean the same over an hour and over a month", (_, of, formula) => {
    const definition = widgetOf(panel("p", { ...about, series: [{ legend: "", of: of as never }] }));
    expect(definition.requests[0].formulas[0].formula).toBe(formula);
    expect(queriesOf(definition)).toEqual([
      "sum:shop.orders.count{env:production,service:shop}.as_rate().rollup(sum, 60)",
    ]);
  });

  test("shows a single count over its own time, and any other value as it is now", () => {
    const sold = panel("p", {
      ...about,
      as: "stat",
      series: [{ legend: "", of: increase(orders, { over: hours(24) }) }],
    });
    expect(widgetOf(sold)).toMatchObject({
      type: "query_value",
      time: { live_span: "1d" },
      requests: [{ response_format: "scalar", queries: [{ aggregator: "sum" }] }],
    });
    const now = widgetOf(panel("p", { ...about, as: "stat", series: [{ legend: "", of: sum(open) }] }));
    expect(now.requests[0].queries[0].aggregator).toBe("last");
    expect(now).not.toHaveProperty("time");
  });

  test("shows a ranking as the ten largest over its own time", () => {
    const of = increase(orders, { over: hours(24), by: ["status"] });
    expect(widgetOf(panel("p", { ...about, as: "ranking", series: [{ legend: "{status}", of }] }))).toMatchObject({
      type: "toplist",
      time: { live_span: "1d" },
      requests: [
        {
          response_format: "scalar",
          formulas: [{ limit: { count: 10, order: "desc" } }],
          queries: [{ aggregator: "sum", query: expect.stringContaining("by {status}") }],
        },
      ],
    });
  });

  test("shows what is calculated of single counts over their own time too", () => {
    const week = { over: hours(7 * 24) };
    const share = ratio(increase(orders.where({ status: "failed" }), week), increase(orders, week));
    const definition = widgetOf(panel("p", { ...about, as: "stat", series: [{ legend: "", of: share }] }));
    expect(definition).toMatchObject({ time: { live_span: "1w" } });
    expect(definition.requests[0].formulas[0].formula).toBe("query1 / query2");
    expect(definition.requests[0].queries.map(({ aggregator }: { aggregator: string }) => aggregator)).toEqual([
      "sum",
      "sum",
    ]);
    const mixed = ratio(increase(orders, { over: hours(1) }), increase(orders, week));
    expect(widgetOf(panel("p", { ...about, as: "stat", series: [{ legend: "", of: mixed }] }))).not.toHaveProperty(
      "time",
    );
  });

  test.each([
    ["seconds", quantile(0.95, answer), { type: "canonical_unit", unit_name: "second" }],
    ["bytes", sum(hostMetrics.memoryTotal), { type: "canonical_unit", unit_name: "byte" }],
    ["a count", sum(open), { type: "canonical_unit", unit_name: "connection" }],
    ["a rate", rate(metrics.lost), { type: "canonical_unit", unit_name: "connection", per_unit_name: "second" }],
    [
      "a count that Datadog does not know",
      sum(gauge("rooms_open", { unit: "rooms" })),
      { type: "custom_unit_label", label: "rooms" },
    ],
    ["a rate of such", rate(orders), { type: "custom_unit_label", label: "orders/s" }],
  ])("writes %s in its unit", (_, of, unit) => {
    const one = panel("p", { ...about, series: [{ legend: "", of: of as never }] });
    expect(widgetOf(one).requests[0].formulas[0].number_format).toEqual({ unit });
  });

  test("shows checks from outside by Synthetic Monitoring's own metrics", () => {
    const success = smallest(uptimeMetrics.success, { by: ["check"] });
    const definition = widgetOf(panel("p", { ...about, series: [{ legend: "{check}", of: success }] }));
    expect(queriesOf(definition)).toEqual([
      "sum:synthetics.test_runs{env:production,service:shop,status:success} by {check}.as_count()",
      "sum:synthetics.test_runs{env:production,service:shop} by {check}.as_count()",
    ]);
    const time = smallest(uptimeMetrics.duration, { by: ["check"] });
    expect(widgetOf(panel("p", { ...about, series: [{ legend: "", of: time }] })).requests[0].formulas[0].formula).toBe(
      "query1 / 1000",
    );
  });

  test("shows processors at work as whole ones", () => {
    const of = rate(hostMetrics.cpuTime.where({ mode: ["user", "system", "softirq"] }), { by: ["instance"] });
    const definition = widgetOf(panel("p", { ...about, series: [{ legend: "{instance}", of }] }));
    expect(definition.requests[0].formulas[0].formula).toBe("(query1 + query2) / 100 * query3");
    expect(queriesOf(definition)).toEqual([
      "avg:system.cpu.system{env:production,service:shop} by {host}",
      "avg:system.cpu.user{env:production,service:shop} by {host}",
      "avg:system.cpu.num_cores{env:production,service:shop} by {host}",
    ]);
    for (const query of queriesOf(definition)) readQuery(query);
  });

  test.each([
    [["idle"], ["idle"]],
    [["irq", "softirq", "system"], ["system"]],
    [["nice", "user"], ["user"]],
    [
      ["steal", "iowait"],
      ["iowait", "stolen"],
    ],
    [not("idle"), ["iowait", "system", "user", "stolen"]],
  ] as const)("knows processors' time on %j as the Agent tells it", (mode, expected) => {
    const of = rate(hostMetrics.cpuTime.where({ mode }), { by: ["instance"] });
    const definition = widgetOf(panel("p", { ...about, series: [{ legend: "", of }] }));
    const read = queriesOf(definition).map((query: string) => /cpu\.(\w+)/.exec(query)?.[1]);
    expect(read.slice(0, -1).sort()).toEqual([...expected].sort());
  });

  test("that can't be drawn is left out with a warning; what else is in it stays", () => {
    const pressure = gauge("node_pressure", { unit: "connections", from: "node" });
    const one = panel("p", {
      ...about,
      series: [
        { legend: "open", of: sum(open) },
        { legend: "pressure", of: sum(pressure) },
      ],
    });
    const { groups, diagnostics } = drawn([one]);
    expect(groups[0]?.definition.widgets[0].definition.requests).toHaveLength(1);
    expect(diagnostics).toEqual([
      {
        code: "datadog-inexpressible",
        severity: "warning",
        path: "production/shop/p",
        at: one.place,
        message: "Datadog can't express node_pressure of node_exporter",
        hint: "read another metric, or add it to lib/backends/datadog/system-metrics.ts",
      },
    ]);
    expect(drawn([{ ...one, series: one.series.slice(1) }]).json).toBeUndefined();
  });

  test("takes the window that its alert is tuned to", () => {
    const errors = (over: number) => ratio(increase(orders, { over: minutes(over) }), sum(open) as never);
    const one = panel("p", { ...about, series: [{ legend: "", of: errors(5) }] });
    const alert = alarm(above(errors(20), percent(1)), { panel: "p", for: seconds(0) });
    expect(widgetOf(one, [alert]).requests[0].formulas[0].formula).toContain("1200, 'avg') * 1200");
  });
});
