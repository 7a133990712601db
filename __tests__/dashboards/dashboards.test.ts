import { environments } from "../../environments";
import { production } from "../../environments/production";
import { grafana } from "../../lib/backends/grafana";
import { objectivesSection } from "../../lib/backends/grafana/objective";

const [all] = [environments.flatMap(({ dashboards }) => dashboards)];
const dashboards = [...new Map(all.map((dashboard) => [dashboard.name, dashboard])).values()];
const services = [...new Set(environments.flatMap((environment) => environment.services))];
const panels = services.flatMap(({ watch }) => watch.flatMap((pack) => pack.panels));

test("each dashboard answers one question, in sections with names of their own", () => {
  for (const { question, sections } of dashboards) {
    expect(question).toMatch(/^[A-Z].*\?$/);
    expect(new Set(sections).size).toBe(sections.length);
  }
});

test("the main dashboard goes from whether users are served to what may be the cause", () => {
  const main = dashboards.find(({ name }) => name === "main");
  expect(main?.sections).toEqual(["Is it up?", "Objectives", "Traffic", "Errors", "Latency", "Dependencies"]);
});

test("no section is there for nothing", () => {
  for (const { name, sections } of dashboards) {
    const used = new Set(panels.filter(({ on }) => on === name).map(({ section }) => section));
    if (services.some(({ objectives }) => objectives.length > 0)) used.add(objectivesSection);
    expect(sections.filter((section) => !used.has(section))).toEqual([]);
  }
});

test("every panel and every objective of every environment has its place", () => {
  for (const environment of environments) {
    const { diagnostics } = grafana({ environment, services: environment.services });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  }
});

test("whoever opens one reaches the last hour, day and week, the service's other dashboards, its logs and its traces", () => {
  const { data } = grafana({ environment: production, services: production.services });
  expect(data.dashboards.length).toBeGreaterThanOrEqual(25);
  for (const { uid, json } of data.dashboards) {
    const [service] = production.services.filter(({ name }) => uid.startsWith(`${name}-`));
    expect(json.links?.map(({ title, url = "" }) => [title, url])).toEqual([
      ["1 h", `/d/${uid}?from=now-1h&to=now`],
      ["24 h", `/d/${uid}?from=now-24h&to=now`],
      ["7 d", `/d/${uid}?from=now-7d&to=now`],
      ["Dashboards", ""],
      ["Logs", `https://logs.example.com/search?query=service:${service?.name}+env:production`],
      ["Traces", `https://traces.example.com/search?service=${service?.name}`],
    ]);
  }
});

test("requests, their errors, sales and revenue are told over an hour, a day and a week", () => {
  const { data } = grafana({ environment: production, services: production.services });
  const titles = data.dashboards.flatMap(({ json }) => json.panels.map(({ title = "" }) => title));
  for (const said of ["Requests a second", "Failing requests", "Revenue", "Tickets sold"]) {
    for (const window of ["last hour", "last 24 hours", "last 7 days"]) {
      expect(titles.filter((title) => title.startsWith(said) && title.endsWith(window))).not.toEqual([]);
    }
  }
});

test("no panel reads more than an hour of raw samples at once", () => {
  for (const environment of environments.filter(({ lapse }) => lapse === 1)) {
    const { data } = grafana({ environment, services: environment.services });
    const queries = data.dashboards.flatMap(({ json }) =>
      json.panels.flatMap((panel) => ("targets" in panel ? panel.targets.map(({ expr }) => expr) : [])),
    );
    const long = queries.flatMap((expr) =>
      [...expr.matchAll(/(\w+)\([^()]*\[(\d+d|\d\d+h|[2-9]h)\]/g)].map(([all]) => all),
    );
    expect(long).toEqual([]);
  }
});
