import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { production } from "../../../environments/production";
import { compile } from "../../../lib/compile";
import { heardOnly } from "../../../lib/drills/heard";
import { otherRules, restricted } from "../../../lib/drills/other-rules";
import { needsOf, type RuleSet, rulesOf } from "../../../lib/drills/rule-set";
import { surroundings } from "../../../lib/project";
import { repositoryRoot } from "../../../lib/runtime/repository-root";
import { readAlertmanagerConfig } from "../../../lib/simulator";
import { services } from "../../../services";
import { tickets } from "../../../services/tickets";

const compiled = compile(production, surroundings());
const files = ({ rules }: RuleSet) => rules.map(({ name }) => name);
const alerts = ({ rules }: RuleSet): readonly string[] =>
  rules.flatMap(({ text }) =>
    (parse(text) as { groups: { rules: { alert?: string }[] }[] }).groups.flatMap((group) =>
      group.rules.flatMap(({ alert }) => alert ?? []),
    ),
  );

test("the rules of a service are its files and those that are nobody's, without what only panels read", () => {
  const named = files(rulesOf(compiled, ["tickets"]));
  expect(named).toEqual(
    expect.arrayContaining(["calendar-business-hours.yml", "tickets-availability.yml", "tickets.yml"]),
  );
  expect(named.filter((name) => /tikit|inkwave|syncup|boulder|monitoring|counts/.test(name))).toEqual([]);
});

test("whom a receiver tells is said as people say it, and what rings wakes", () => {
  const { tells, wakes } = rulesOf(compiled, []);
  expect(tells("critical")).toEqual(["PagerDuty on-call", "Slack #alerts", "email team@example.com"]);
  expect(tells("high")).toEqual(["Slack #alerts", "email team@example.com"]);
  expect(["heartbeat", "nobody"].map(tells)).toEqual([[], []]);
  expect(["critical", "high", "medium"].map(wakes)).toEqual([true, false, false]);
});

test("where nothing rings, the receiver of what is critical is as loud as it gets", () => {
  const quiet = compile(
    {
      ...production,
      channels: { alerts: production.channels.alerts! },
      notify: { critical: ["alerts"], high: ["alerts"], medium: [], low: [], info: [] },
    },
    surroundings(),
  );
  const { wakes } = rulesOf(quiet, []);
  expect(["critical", "high"].map(wakes)).toEqual([true, false]);
});

const some = `
groups:
  - name: some
    rules:
      - alert: Slow
        expr: rate(wait_seconds_bucket[5m]) + up{job="a"}
        annotations: { summary: There is no queue_size any more. }
`;

test("a metric is needed when a rule names it or a part of it", () => {
  const needs = needsOf([otherRules("some.yml", some, "production")]);
  expect(["wait_seconds", "up", "wait", "queue_size"].map(needs)).toEqual([true, true, false, false]);
});

test("a month is run with the alerts only that wake somebody or are told, and with what keeps these quiet", () => {
  const set = rulesOf(compiled, ["syncup", "monitoring"]);
  const [told, woken] = [alerts(heardOnly(set, "told")), alerts(heardOnly(set, "woken"))];
  expect(alerts(set)).toEqual(expect.arrayContaining(["Watchdog", "HttpTrafficUnusuallyLow", "DatabaseQueryP99High"]));
  expect(told).toEqual(
    expect.arrayContaining(["DatabaseDown", "HttpErrorRatioHigh", "TargetDown", "DatabaseQueryP99High"]),
  );
  expect(told).not.toContain("Watchdog");
  expect(told).not.toContain("HttpTrafficUnusuallyLow");
  expect(woken).toEqual(expect.arrayContaining(["DatabaseDown", "HttpErrorRatioHigh", "ErrorBudgetBurnFast"]));
  expect(woken).not.toContain("DatabaseQueryP99High");
  expect(woken).not.toContain("TargetDown");
});

test("an alert that wakes nobody stays when it keeps one quiet that would", () => {
  const set = otherRules("some.yml", quieting, "production");
  const { config } = readAlertmanagerConfig(inhibiting);
  expect(config).toBeDefined();
  const inhibited = { ...set, alertmanager: config ?? set.alertmanager };
  expect(alerts(heardOnly(inhibited, "woken"))).toEqual(["Cause", "Symptom"]);
  expect(alerts(heardOnly(set, "woken"))).toEqual(["Symptom"]);
});

const quieting = `
groups:
  - name: some
    rules:
      - { alert: Cause, expr: up == 0, labels: { severity: warning } }
      - { alert: Symptom, expr: up == 0, labels: { severity: critical } }
      - { alert: Other, expr: up == 0, labels: { severity: warning } }
`;
const inhibiting = `
route:
  receiver: ticket
  routes: [{ matchers: ['severity="critical"'], receiver: page }]
inhibit_rules:
  - { source_matchers: ['alertname="Cause"'], target_matchers: ['alertname="Symptom"'] }
  - { source_matchers: ['alertname="Other"'], target_matchers: ['alertname="Cause"'] }
receivers: [{ name: page }, { name: ticket }]
`;

test("rules that read only what is not there are left out, and all others stay as they are", () => {
  const path = join(repositoryRoot, "drills/handwritten/as-meant.yml");
  const set = otherRules("as-meant.yml", readFileSync(path, "utf8"), "production");
  const only = alerts(restricted(set, [tickets], services));
  expect(only).toEqual([
    "HighErrorRate",
    "HighLatency",
    "DatabasePoolUsage",
    "MemoryUsage",
    "DiskUsage",
    "PaymentFailures",
    "NoTicketSales",
    "WebSocketDisconnects",
    "ApiDown",
  ]);
  expect(alerts(restricted(set, services, services))).toEqual(alerts(set));
});

test("rules of others wake somebody for what is critical, or for what is called a page", () => {
  const { wakes, tells, name } = otherRules("/tmp/sloth.yml", "groups: []", "production");
  expect([name, wakes("page"), wakes("ticket")]).toEqual(["sloth", true, false]);
  expect(tells("page")).toEqual(["whoever is on call"]);
});
