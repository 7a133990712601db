import { alert, below, count, gauge, itself, sum } from "@watchbill/model";
import { production } from "../../../../environments/production";
import { aftermathRule } from "../../../../lib/backends/prometheus/aftermath";
import { alertRule } from "../../../../lib/backends/prometheus/alert-rule";
import { environmentWith, shopWith } from "../../../support/declarations";
import { complaintOf } from "../../../support/rule-test";

const up = gauge("up_here", { unit: "servers" });
const down = (what: string) =>
  alert("ShopDown", {
    when: below(sum(up), count(1, "servers")),
    down: what,
    severity: "critical",
    summary: "The shop is down.",
    description: "{value} are up.",
  });
const aftermathIn = (what: string, lapse = 1) => {
  const one = down(what);
  const shop = shopWith([]);
  const environment = environmentWith([shop], { lapse });
  return aftermathRule(environment, one, alertRule(environment, shop, one));
};

test("it fires on what the alert fires on, and is told apart by its name and priority", () => {
  const { alert: name, expr, labels } = aftermathIn(itself);
  expect({ name, expr, labels }).toEqual({
    name: "ShopDownAftermath",
    expr: 'sum by (job) (last_over_time(up_here{job="shop"}[5m])) < 1',
    labels: { service: "shop", owner: "commerce", severity: "info", priority: "none", down: "shop" },
  });
});

test.each([
  ["a service", itself, 1, "12m"],
  ["a dependency, whose dependents are back later than itself,", "postgres", 1, "15m"],
  ["a service in a faster time", itself, 30, "24s"],
])("the aftermath of %s lasts", (_, what, lapse, time) => {
  expect(aftermathIn(what, lapse).keep_firing_for).toBe(time);
});

const health = 'probe_success{job="tickets-blackbox",check="health",instance="https://tickets.example.com"}';
// Down from the 4th to the 10th minute; seen to be up again at the 10th.
const series = { [health]: "1x15 0x23 1x200" };

test.each([
  ["ServiceDown", "6m", 1],
  ["ServiceDownAftermath", "6m", 1],
  ["ServiceDown", "11m", 1],
  ["ServiceDown", "13m", 0],
  ["ServiceDownAftermath", "21m", 1],
  ["ServiceDownAftermath", "23m", 0],
] as const)("%s at %s: %d", (name, at, fires) => {
  expect(complaintOf(production, { series, alert: name, at, fires })).toBe("");
});
