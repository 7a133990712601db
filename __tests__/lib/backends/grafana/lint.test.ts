import { environments } from "../../../../environments";
import { grafana } from "../../../../lib/backends/grafana";
import type { PanelJson, RowJson } from "../../../../lib/backends/grafana/json-model";
import { filledIn, rateInterval, readQuery } from "../../../support/promql-syntax";

/*
 * What https://github.com/grafana/dashboard-linter looks at in dashboards that read Prometheus, for every environment:
 * it is a Go program, which a clone of this repository can't count on.
 */

const dashboards = environments.flatMap((environment) =>
  grafana({ environment, services: environment.services }).data.dashboards.map(
    ({ uid, json }) => [`${environment.name}/${uid}`, json] as const,
  ),
);
const isPanel = (one: PanelJson | RowJson): one is PanelJson => one.type !== "row";
const panels = dashboards.flatMap(([name, json]) =>
  json.panels.filter(isPanel).map((panel) => [`${name}: ${panel.title}`, panel] as const),
);
const queries = panels.flatMap(([name, { targets }]) =>
  targets.map(({ refId, expr }) => [`${name} ${refId}`, filledIn(expr)] as const),
);

test("there is something to look at", () => {
  expect(dashboards.length).toBeGreaterThanOrEqual(6);
  expect(queries.length).toBeGreaterThanOrEqual(60);
});

describe.each(dashboards)("%s", (_, json) => {
  test("is not editable, and has an identity and a description", () => {
    expect(json.editable).toBe(false);
    expect([json.uid, json.title, json.description]).toEqual([
      expect.any(String),
      expect.any(String),
      expect.any(String),
    ]);
  });

  test("has the variables that every dashboard has, by the names that every dashboard gives them", () => {
    const [source, ...filters] = json.templating.list ?? [];
    expect(source).toMatchObject({ type: "datasource", name: "datasource", label: "Data source", query: "prometheus" });
    for (const [index, [name, label]] of [
      ["job", "Job"],
      ["instance", "Instance"],
    ].entries()) {
      const filter = filters[index];
      expect(filter).toMatchObject({ type: "query", name, label, multi: true, allValue: ".+", refresh: 2 });
      expect(filter?.datasource?.uid).toBe("$datasource");
      const [, series = ""] = /^label_values\((.+), \w+\)$/.exec(String(filter?.query)) ?? [];
      expect(readQuery(series).errors).toEqual([]);
    }
  });

  test("gives each panel a number of its own, and no two of them the same place", () => {
    const ids = json.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = json.panels.flatMap(({ gridPos }) => {
      if (!gridPos) throw new Error("a panel without a place");
      const { x, y, w, h } = gridPos;
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_cell, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });
});

const units = ["percentunit", "s", "bytes", "binBps", "reqps", "short", "currencyUSD"];

test.each(panels)("%s has title, description, unit and the chosen data source", (_, panel) => {
  expect(panel.title).not.toBe("");
  expect(panel.description).not.toBe("");
  expect(units).toContain(panel.fieldConfig.defaults.unit);
  expect([panel, ...panel.targets].map(({ datasource }) => datasource?.uid)).not.toContain(undefined);
  expect(panel.targets.length).toBeGreaterThan(0);
});

test.each(queries)("%s is PromQL that filters by job and instance", (_, query) => {
  const { errors, selectors, windows, metrics } = readQuery(query);
  expect(errors).toEqual([]);
  expect(selectors.length).toBeGreaterThan(0);
  for (const selector of selectors) {
    expect(selector).toContain('job=~"$job"');
    expect(selector).toContain('instance=~"$instance"');
  }
  for (const window of windows) expect(window).toMatch(new RegExp(`^rate ${rateInterval}$|^increase \\w+$`));
  for (const metric of metrics.filter((name) => name.endsWith("_total"))) {
    expect(query).toMatch(new RegExp(`(rate|increase)\\(${metric}\\{`));
  }
});
