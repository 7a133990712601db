import { environments } from "../../environments";
import { production } from "../../environments/production";
import { grafana } from "../../lib/backends/grafana";
import { objectivesSection } from "../../lib/conventions";

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
    "Dependencies",
    "Business",
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

const windows = ["last hour", "last 24 hours", "last 7 days"];
const titlesOn = (uid: string) => {
  const { data } = grafana({ environment: production, services: production.services });
  return data.dashboards.find((one) => one.uid === uid)?.json.panels.map(({ title = "" }) => title) ?? [];
};

test.each([
  ["tickets-main", ["Requests a second", "Failing requests", "Tickets sold"]],
  ["tickets-business", ["Tickets sold", "Orders paid"]],
  ["tikit-main", ["Requests a second", "Failing requests", "Tickets sold", "Revenue"]],
  ["tikit-business", ["Tickets sold", "Revenue", "New users"]],
  ["inkwave-main", ["Orders placed", "Revenue"]],
  ["inkwave-business", ["Orders placed", "Orders served", "Revenue", "New venues"]],
  ["syncup-main", ["Meetings", "Chat questions"]],
  ["syncup-business", ["Meetings", "Chat questions", "Slack events", "OpenAI tokens"]],
  ["boulder-fest-main", ["Tickets issued", "Revenue"]],
  ["boulder-fest-business", ["Tickets issued", "Revenue"]],
])("%s tells %j over an hour, a day and a week", (uid, counted) => {
  const titles = titlesOn(uid);
  const wanted = counted.flatMap((title) => windows.map((window) => `${title}, ${window}`));
  // What is counted is added where the title does not name it.
  const stands = (title: string) => titles.some((one) => one.replace(/ \([^)]*\)$/, "") === title);
  expect(wanted.filter((title) => !stands(title))).toEqual([]);
});

test("whoever opens the main dashboard sees whether anybody is there", () => {
  for (const name of ["tikit", "inkwave", "syncup", "boulder-fest"]) {
    expect(titlesOn(`${name}-main`)).toContain("Active users");
  }
});

test("what has parts that count twice is counted by one of them", () => {
  const { data } = grafana({ environment: production, services: production.services });
  const stats = data.dashboards
    .flatMap(({ json }) => json.panels)
    .flatMap((panel) => ("targets" in panel && panel.type === "stat" ? panel.targets.map(({ expr }) => expr) : []));
  const tokens = stats.filter((expr) => expr.includes("openai_api_tokens"));
  expect(tokens).toHaveLength(3);
  for (const expr of tokens) expect(expr).toContain('type="total"');
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
