import { days, httpServerMetrics, objective, percent } from "@watchbill/model";
import { prometheus } from "../../../../lib/backends/prometheus";
import { environmentWith } from "../../../support/declarations";
import { compiled, overview, panelsOf, shopShowing } from "../../../support/grafana";
import { readQuery } from "../../../support/promql-syntax";

const { requests } = httpServerMetrics;
const availability = objective("availability", {
  title: "Requests answered without a server error",
  target: percent(99.9),
  over: days(30),
  indicator: { kind: "events", bad: requests.where({ status: /5../ }), all: requests.where({}) },
});
const shop = shopShowing([], [], { objectives: [availability] });
const [budget, lasts, burn] = panelsOf([shop]);
const scope = '{service="shop",objective="availability",instance="all",job=~"$job",instance=~"$instance"}';

test("an objective is shown in the section for objectives, budget first", () => {
  const [dashboard] = compiled([shop]).data.dashboards;
  expect(dashboard?.json.panels.map(({ type, title }) => `${type} ${title}`)).toEqual([
    "row Objectives",
    "stat Availability: error budget left",
    "stat Availability: budget lasts",
    "timeseries Availability: burn rate",
  ]);
});

test("the budget that is left turns orange below a quarter and red below nothing", () => {
  expect(budget?.targets[0]?.expr).toBe(`slo:error_budget:remaining${scope}`);
  expect(budget?.fieldConfig.defaults).toMatchObject({
    unit: "percentunit",
    thresholds: {
      steps: [
        { value: null, color: "red" },
        { value: 0, color: "orange" },
        { value: 0.25, color: "green" },
      ],
    },
  });
  expect(budget?.description).toBe(
    "Requests answered without a server error: 99.9% over 30d. What is left of the failures that this allows, all instances together.",
  );
});

test("a limit of the whole period is told beside the promise", () => {
  const [limited] = panelsOf([shopShowing([], [], { objectives: [{ ...availability, alertBelow: percent(99.5) }] })]);
  expect(limited?.description).toContain("99.9% over 30d. Below 99.5% a ticket is open. What is left");
});

test("after a rename the panels show what was recorded under the former names as well", () => {
  const renamed = { ...availability, id: "answered", formerly: "availability" };
  const [left] = panelsOf([{ ...shop, name: "store", formerly: ["tickets", "shop"], objectives: [renamed] }]);
  expect(left?.targets[0]?.expr).toBe(
    'slo:error_budget:remaining{service=~"store|tickets|shop",objective=~"answered|availability",instance="all",job=~"$job",instance=~"$instance"}',
  );
});

test("how long the budget lasts is a time; that nothing burns is told apart from that nothing is known", () => {
  expect(lasts?.targets[0]?.expr).toBe(`slo:error_budget:exhaustion_seconds${scope}`);
  expect(lasts?.fieldConfig.defaults).toMatchObject({
    unit: "s",
    noValue: "no data",
    mappings: [
      { type: "range", options: { from: 3153600000, to: 1e300, result: { text: "nothing burns" } } },
      { type: "special", options: { match: "nan", result: { text: "no traffic" } } },
    ],
  });
});

test("each tier's long window is drawn with the pace at which it tells somebody", () => {
  expect(burn?.targets.map(({ expr, legendFormat }) => [legendFormat, expr])).toEqual([
    ["1h: calls above 14.4×", `slo:sli_error:ratio_rate1h${scope} / 0.001`],
    ["6h: calls above 6×", `slo:sli_error:ratio_rate6h${scope} / 0.001`],
    ["1d: ticket above 3×", `slo:sli_error:ratio_rate1d${scope} / 0.001`],
    ["3d: ticket above 1×", `slo:sli_error:ratio_rate3d${scope} / 0.001`],
  ]);
  expect(burn?.fieldConfig.defaults.thresholds?.steps.slice(1)).toEqual([
    { value: 1, color: "orange" },
    { value: 3, color: "orange" },
    { value: 6, color: "red" },
    { value: 14.4, color: "red" },
  ]);
});

test("both lead to the runbooks of their alerts", () => {
  for (const panel of [budget, burn]) {
    expect(panel?.links.map(({ url }) => url).slice(0, 2)).toEqual([
      "https://runbooks.example.com/error-budget-burn-fast.md",
      "https://runbooks.example.com/error-budget-burn-slow.md",
    ]);
  }
});

test("every series they read is recorded, with the labels that they filter by", () => {
  const environment = environmentWith([shop], { dashboards: [overview] });
  const { groups } = prometheus({ environment, services: [shop] }).data;
  const recorded = new Map(
    Object.values(groups)
      .flat()
      .flatMap(
        ({ rules }) =>
          rules.flatMap((rule) => ("record" in rule ? [[rule.record, rule.labels]] : [])) as [string, object][],
      ),
  );
  const names = [budget, lasts, burn].flatMap(
    (panel) => panel?.targets.flatMap(({ expr }) => readQuery(expr).metrics) ?? [],
  );
  expect(names).toHaveLength(6);
  for (const name of names) {
    expect([name, recorded.get(name)]).toEqual([name, { service: "shop", objective: "availability", instance: "all" }]);
  }
});
