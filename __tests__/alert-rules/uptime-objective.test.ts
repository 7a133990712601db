import { days, minutes, percent, type UptimeCheck, uptimeCheck } from "@watchbill/model";
import { uptimeObjective } from "../../alert-rules/objectives";
import { objectiveGroup } from "../../lib/backends/prometheus/objective";
import { ruleFile } from "../../lib/backends/prometheus/rule-file";
import { replay } from "../../lib/replay/replay";
import { environmentWith, shopWith } from "../support/declarations";

jest.setTimeout(120_000);

const minute = 60_000;
const day = 1440 * minute;
const start = Date.UTC(2026, 0, 1);

/** Days, hours and minutes in which something fails: from, and how many minutes long. */
type Failure = readonly [fromDay: number, minutes: number];

/** When tickets are open, in hours since the beginning, for checks of each minute of which some fail. */
async function tickets(lasts: number, failures: readonly Failure[], alertBelow?: number) {
  const objective = uptimeObjective({
    target: percent(99.9),
    over: days(30),
    ...(alertBelow !== undefined && { alertBelow: percent(alertBelow) }),
  });
  const checks: readonly UptimeCheck[] = [uptimeCheck("health", { path: "/health" })];
  const shop = shopWith([], { objectives: [objective], checks });
  const environment = environmentWith([shop], {
    scrapeEvery: minutes(1),
    evaluateEvery: minutes(1),
    budgetOver: days(7),
  });
  const times = Float64Array.from({ length: (lasts * day) / minute }, (_, k) => start + k * minute);
  const failing = (time: number) =>
    failures.some(([from, many]) => time >= start + from * day && time < start + from * day + many * minute);
  const labels = { __name__: "probe_success", job: "shop-blackbox", instance: "https://shop/health", check: "health" };
  const { alerts, failures: broken } = await replay({
    data: [{ labels, times, values: times.map((time) => (failing(time) ? 0 : 1)) }],
    rules: [{ name: "uptime.yml", text: ruleFile([objectiveGroup(environment, shop, objective)]) }],
    from: start,
    to: start + lasts * day - minute,
    interval: minute,
  });
  expect(broken).toEqual([]);
  const hour = (time?: number) => time !== undefined && Math.round((time - start) / 360_000) / 10;
  return alerts.map((alert) => [alert.labels.alertname, hour(alert.startsAt), hour(alert.endsAt)]);
}

test("a check that fails now and then is no ticket: four minutes of three days are a tenth of the month's budget", async () => {
  const now = [2, 2.5, 3, 3.5].map((at): Failure => [at, 1]);
  expect(await tickets(5, now)).toEqual([]);
});

test("the fifth minute is one, as long as it is one of the last six hours'", async () => {
  const [first, ...others] = await tickets(
    5,
    [2, 2.5, 3, 3.5, 4].map((at): Failure => [at, 1]),
  );
  expect(others).toEqual([]);
  expect(first).toEqual(["ErrorBudgetBurnSlow", 96, 102]);
});

test("with a limit for the whole period the ticket stays open for as long as the period remembers", async () => {
  const outage: readonly Failure[] = [[4, 60]];
  expect(await tickets(12, outage)).toEqual([["ErrorBudgetBurnSlow", 96.1, 103]]);
  const limited = await tickets(12, outage, 99.5);
  expect(limited).toHaveLength(1);
  const [[alertname, from, to] = []] = limited;
  expect([alertname, from]).toEqual(["ErrorBudgetBurnSlow", 96.1]);
  // Seven days after the outage, less the minutes that are allowed, and the hour for which it goes on.
  expect(Math.abs(Number(to) - 11 * 24)).toBeLessThan(2.5);
});
