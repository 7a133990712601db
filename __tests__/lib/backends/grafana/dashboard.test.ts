import { httpServerMetrics, minutes, percent, rate, ratio, seconds } from "@watchbill/model";
import { errorsHigh, shopWith } from "../../../support/declarations";
import { compiled, onlyPanel, overview, panelOf, shopShowing } from "../../../support/grafana";

const { requests } = httpServerMetrics;
const errorRatio = ratio(rate(requests.where({ status: /5../ })), rate(requests));
const traffic = panelOf([{ legend: "{route}", of: rate(requests, { by: ["route"] }) }], { section: "Traffic" });
const errors = panelOf([{ legend: "failing", of: errorRatio }], { id: "errors" });
const shop = shopShowing([errors, traffic], [errorsHigh({ panel: "errors" })]);

const only = (changes: Parameters<typeof compiled>[1] = {}) => {
  const [dashboard] = compiled([shop], changes).data.dashboards;
  if (!dashboard) throw new Error("no dashboard");
  return dashboard;
};

test("a service has a dashboard for each one that its panels are on, named after both", () => {
  const other = { ...overview, name: "business", title: "Business" };
  const bookstore = { ...shop, name: "book-store" };
  const { data } = compiled([shop, bookstore, shopWith([])], { dashboards: [overview, other] });
  expect(data.dashboards.map(({ uid, title }) => [uid, title])).toEqual([
    ["shop-overview", "Shop: Overview"],
    ["book-store-overview", "Book Store: Overview"],
  ]);
});

test("sections are rows in the dashboard's order, and one without panels is left out", () => {
  expect(only().json.panels.map(({ type, title }) => `${type} ${title}`)).toEqual([
    "row Traffic",
    "timeseries A picture",
    "row Errors",
    "timeseries A picture",
  ]);
});

test("a dashboard can't be edited, says what it answers, and finds the service's others by tag", () => {
  const { json } = only();
  expect(json).toMatchObject({
    uid: "shop-overview",
    editable: false,
    description: "Is the shop well?",
    tags: ["watchbill", "service:shop"],
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
  });
  expect(json.links?.filter(({ type }) => type === "dashboards")).toEqual([
    expect.objectContaining({
      type: "dashboards",
      tags: ["watchbill", "service:shop"],
      keepTime: true,
      includeVars: true,
    }),
  ]);
});

test("firing alerts of the service are drawn into every panel", () => {
  expect(only().json.annotations.list).toEqual([
    expect.objectContaining({ expr: 'ALERTS{service="shop",alertstate="firing"}', titleFormat: "{{alertname}}" }),
  ]);
});

test("what can be chosen is the data source, the job and the instance", () => {
  expect(only().json.templating.list?.map(({ name, query }) => [name, query])).toEqual([
    ["datasource", "prometheus"],
    ["job", 'label_values(up{service="shop"}, job)'],
    ["instance", 'label_values(up{service="shop",job=~"$job"}, instance)'],
  ]);
});

test("a time lapse is said, and refreshes no more often than Grafana allows", () => {
  const { json } = only({ lapse: 30 });
  expect(json.description).toBe(
    "Is the shop well? Time runs 30 times as fast here: the windows of rates and of what alerts count are divided by that.",
  );
  expect(json.refresh).toBe("5s");
  expect(json.annotations.list?.[0]?.step).toBe("1s");
});

test("the data source is where Grafana's server finds Prometheus, and knows how often it scrapes", () => {
  const docker = compiled([shop]).data.dataSource;
  expect(docker).toMatchObject({ type: "prometheus", url: "http://prometheus:9090" });
  expect(docker.options.timeInterval).toBe("15s");
  const local = compiled([shop], { runtime: "local", lapse: 20, scrapeEvery: seconds(90) }).data.dataSource;
  expect(local.url).toBe("http://127.0.0.1:9090");
  // Grafana doesn't read 4s500ms.
  expect(local.options.timeInterval).toBe("4500ms");
});

test("the manifest is the dashboard, with sorted keys and always the same bytes", () => {
  const { files, data } = compiled([shop]);
  expect(Object.keys(files)).toEqual(["grafana/dashboards/shop-overview.json"]);
  const text = files["grafana/dashboards/shop-overview.json"] ?? "";
  expect(JSON.parse(text)).toEqual(data.dashboards[0]?.json);
  expect(text).toMatch(/^\{\n {2}"annotations": [\s\S]*\}\n$/);
  expect(compiled([shop]).files).toEqual(files);
});

test("a panel keeps its number whatever stands around it", () => {
  const numbers = (panels: Parameters<typeof shopShowing>[0]) =>
    compiled([shopShowing(panels)]).data.dashboards[0]?.json.panels.map(({ id }) => id) ?? [];
  const [row, number] = numbers([errors]);
  const both = numbers([traffic, errors]);
  expect(both).toContain(number);
  expect(both).toContain(row);
  expect(new Set(both).size).toBe(4);
});

test("a panel links to its alerts' runbooks, and to the alerts in Alertmanager and Prometheus", () => {
  const alerts = [
    errorsHigh({ panel: "picture" }),
    errorsHigh({ id: "ErrorsHigher", runbook: "errors", panel: "picture" }),
  ];
  const { links } = onlyPanel([shopShowing([panelOf([{ legend: "failing", of: errorRatio }])], alerts)]);
  expect(links.map(({ title, url }) => [title, decodeURIComponent(url ?? "")])).toEqual([
    ["Runbook: ErrorsHigh", "https://runbooks.example.com/errors-high.md"],
    ["Runbook: ErrorsHigher", "https://runbooks.example.com/errors.md"],
    ["Firing alerts", 'http://am/#/alerts?filter={service="shop",alertname=~"ErrorsHigh|ErrorsHigher"}'],
    [
      "Alerts over time",
      'http://prometheus/graph?g0.expr=ALERTS{service="shop",alertname=~"ErrorsHigh|ErrorsHigher"}&g0.tab=0',
    ],
  ]);
});

test("the limits of a panel's alerts are dashed lines in the color of their severity, and explained", () => {
  const alerts = [
    errorsHigh({ panel: "picture" }),
    errorsHigh({
      id: "ErrorsAtAll",
      panel: "picture",
      severity: "low",
      for: minutes(0),
      when: {
        unit: "ratio",
        test: { op: "compare", comparison: ">=", left: errorRatio.node, threshold: percent(0.1) },
      },
    }),
  ];
  const panel = onlyPanel([shopShowing([panelOf([{ legend: "failing", of: errorRatio }])], alerts)]);
  expect(panel.fieldConfig.defaults).toMatchObject({
    unit: "percentunit",
    min: 0,
    thresholds: {
      mode: "absolute",
      steps: [
        { value: null, color: "green" },
        { value: 0.001, color: "blue" },
        { value: 0.01, color: "red" },
      ],
    },
    custom: { thresholdsStyle: { mode: "dashed" }, axisSoftMax: 0.0125 },
  });
  expect(panel.description).toBe(
    "What it shows.\n\nDashed lines:\n\n- ErrorsHigh (critical) above 1% for 5m\n- ErrorsAtAll (low) from 0.1%",
  );
});

test("usage of what can be full is seen against full", () => {
  const when = {
    unit: "ratio",
    test: { op: "compare", comparison: ">", left: errorRatio.node, threshold: percent(80) },
  };
  const alerts = [errorsHigh({ panel: "picture", when: when as never })];
  const panel = onlyPanel([shopShowing([panelOf([{ legend: "in use", of: errorRatio }])], alerts)]);
  expect(panel.fieldConfig.defaults.max).toBe(1);
});
