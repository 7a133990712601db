import { environments } from "../../environments";
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
  expect(main?.sections).toEqual([
    "Is it up?",
    "Objectives",
    "Traffic",
    "Errors",
    "Latency",
    "Database",
    "WebSocket",
    "Machines",
  ]);
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
