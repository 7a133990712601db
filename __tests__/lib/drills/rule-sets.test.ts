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
  expect(tells("critical")).toEqual(["onCall (PagerDuty)", "#alerts", "team@example.com"]);
  expect(tells("high")).toEqual(["#alerts", "team@example.com"]);
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

test("a metric is needed when a rule names it or a part of it", () => {
  const needs = needsOf([otherRules("some.yml", 'expr: rate(wait_seconds_bucket[5m]) + up{job="a"}', "production")]);
  expect(["wait_seconds", "up", "wait", "down"].map(needs)).toEqual([true, true, false, false]);
});

test("alerts that nobody hears of, or that only inform, are left out, unless they keep others quiet", () => {
  const set = rulesOf(compiled, ["tickets", "monitoring"]);
  const [before, after] = [alerts(set), alerts(heardOnly(set))];
  expect(before).toEqual(expect.arrayContaining(["Watchdog", "HttpTrafficUnusuallyLow", "ServiceDown"]));
  expect(after).toEqual(expect.arrayContaining(["ServiceDown", "HttpErrorRatioHigh", "TargetDown", "SalesStopped"]));
  expect(after).not.toContain("Watchdog");
  expect(after).not.toContain("HttpTrafficUnusuallyLow");
});

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
