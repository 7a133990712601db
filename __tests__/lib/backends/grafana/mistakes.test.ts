import {
  above,
  alert,
  count,
  counter,
  formatDiagnostic,
  gauge,
  httpServerMetrics,
  objective,
  percent,
  rate,
  seconds,
  sum,
} from "@watchbill/model";
import { compiled, overview, panelOf, shopShowing } from "../../../support/grafana";

const { requests } = httpServerMetrics;
const series = [{ legend: "all", of: rate(requests) }];

/** Messages without the place, which is a line of this file. */
const complaints = (...given: Parameters<typeof compiled>) =>
  compiled(...given).diagnostics.map((one) => formatDiagnostic({ ...one, at: "here" }));

test("a panel that has its place is nothing to complain about", () => {
  expect(complaints([shopShowing([panelOf(series)])])).toEqual([]);
});

test("a panel on a dashboard that there is not", () => {
  expect(complaints([shopShowing([panelOf(series, { on: "mian" })])])).toEqual([
    'error unknown-dashboard here [shop/picture]: there is no dashboard "mian" → say on: one of overview, or add it to the environment\'s dashboards',
  ]);
});

test("a panel in a section that there is not", () => {
  expect(complaints([shopShowing([panelOf(series, { section: "Erors" })])])).toEqual([
    'error unknown-section here [shop/picture]: the dashboard "overview" has no section "Erors" → say section: one of Traffic, Objectives and Errors, or add it to dashboards/overview.ts',
  ]);
});

test("two panels with one id, the second with the place of the first", () => {
  const [first, second] = [panelOf(series), panelOf(series)];
  expect(complaints([shopShowing([first, second])])).toEqual([
    `error duplicate-panel here [shop/picture]: two panels have the id "picture", the first at ${first.place} → give one of them another id, or leave out the pack that is listed twice`,
  ]);
  expect(String(first.place)).toMatch(/mistakes\.test\.ts:\d+$|grafana\.ts:\d+$/);
});

test("a limit in a unit that the panel does not show", () => {
  const sold = alert("Crowded", {
    when: above(sum(gauge("open", { unit: "connections" })), count(9, "connections")),
    severity: "low",
    summary: "Crowded.",
    description: "Crowded.",
    panel: "picture",
  });
  expect(complaints([shopShowing([panelOf(series)], [sold])])).toEqual([
    "warning limit-not-drawn here [shop/picture]: Crowded is held against connections, but this panel shows requests/second → show what the alert measures, or let Crowded point at a panel that does",
  ]);
});

test("objectives that no dashboard shows", () => {
  const promise = objective("availability", {
    title: "Answered",
    target: percent(99),
    over: seconds(30 * 86400),
    indicator: {
      kind: "events",
      bad: counter("bad_total", { counts: "x" }).where({}),
      all: requests.where({}) as never,
    },
  });
  const shop = shopShowing([panelOf(series)], [], { objectives: [promise] });
  expect(complaints([shop], { dashboards: [{ ...overview, sections: ["Errors"] }] })).toEqual([
    'error unknown-section here [shop/availability]: no dashboard has a section "Objectives", so the objectives of shop are not shown → add the section "Objectives" to one of overview',
  ]);
});

test("names that make a uid which Grafana refuses", () => {
  const name = "a-service-with-a-rather-long-name";
  expect(complaints([{ ...shopShowing([panelOf(series)]), name }])).toEqual([
    `error dashboard-uid here [${name}/overview]: Grafana refuses "${name}-overview" as a dashboard's uid → use names of letters, digits and dashes, with at most 39 characters for service and dashboard together`,
  ]);
});

test("several mistakes are all told at once", () => {
  const panels = [panelOf(series, { on: "mian" }), panelOf(series, { id: "other", section: "Erors" })];
  expect(compiled([shopShowing(panels)]).diagnostics.map(({ code }) => code)).toEqual([
    "unknown-dashboard",
    "unknown-section",
  ]);
});
