import { budgetWindow, burnTiers, days, type Environment, minutes, percent, seconds } from "@watchbill/model";
import { availability, latency } from "../../../../alert-rules/objectives";
import { burnAlerts, objectiveRecordings } from "../../../../lib/backends/prometheus/objective";
import { environmentWith, shopWith } from "../../../support/declarations";
import { readQuery } from "../../../support/promql-syntax";

const objective = availability({ target: percent(99.9), over: days(30) });
const shop = shopWith([], { objectives: [objective] });
const environment = (changes: Partial<Environment> = {}) =>
  environmentWith([shop], { scrapeEvery: seconds(30), ...changes });
const recorded = (changes: Partial<Environment> = {}, of = objective) => {
  const { rules } = objectiveRecordings(environment(changes), shop, of);
  return new Map(rules.map((rule) => ["record" in rule ? rule.record : rule.alert, rule.expr]));
};
const of = '{service="shop",objective="availability"}';

test("events are counted from raw series once, over 5 m; every longer window reads what was recorded", () => {
  const rules = [...recorded()];
  const raw = rules.filter(([, expr]) => expr.includes("http_requests_total")).map(([name]) => name);
  expect(raw).toEqual(["slo:events_bad:rate5m", "slo:events_all:rate5m"]);
  for (const [name, expr] of rules.filter(([one]) => !raw.includes(one))) {
    expect([name, readQuery(expr).metrics.every((metric) => metric.startsWith("slo:"))]).toEqual([name, true]);
  }
});

test("a ratio is a sum over a sum, never an average of ratios", () => {
  for (const [name, expr] of recorded()) {
    expect([name, /_over_time\(slo:sli_error/.test(expr)]).toEqual([name, false]);
  }
  expect(recorded().get("slo:sli_error:ratio_rate30m")).toBe(
    `avg_over_time(slo:events_bad:rate5m${of}[25m30s]) / avg_over_time(slo:events_all:rate5m${of}[25m30s])`,
  );
});

test("tiles of a long window lie as far apart as a sum over 5 m covers at that scrape interval", () => {
  const tiles = (every: number) =>
    /\[(\S+)\]/.exec(recorded({ scrapeEvery: seconds(every) }).get("slo:sli_error:ratio_rate3d") ?? "")?.[1];
  expect(tiles(30)).toBe("2d23h55m30s:4m30s");
  expect(tiles(15)).toBe("2d23h55m15s:4m45s");
});

test("what is left of the budget is told over the period, or over the shorter one that the environment declares", () => {
  const left = (changes: Partial<Environment>) => recorded(changes).get("slo:error_budget:remaining");
  expect(left({})).toContain("[29d23h:1h]");
  expect(left({ budgetOver: days(7) })).toContain("[6d23h:1h]");
  expect(left({ budgetOver: days(60) })).toContain("[29d23h:1h]");
});

test("the time until nothing is left is the rest of the budget at the pace of the last hour, in real seconds", () => {
  const expected = (whole: number) =>
    `clamp_min(slo:error_budget:remaining${of}, 0) * ${whole} / (slo:current_burn_rate:ratio${of} > 0)`;
  expect(recorded().get("slo:error_budget:exhaustion_seconds")).toBe(expected(30 * 86400));
  expect(recorded({ lapse: 30 }).get("slo:error_budget:exhaustion_seconds")).toBe(expected(86400));
  expect(recorded({ budgetOver: days(7) }).get("slo:error_budget:exhaustion_seconds")).toBe(expected(7 * 86400));
});

test("a floor is so many events within the short window, in the environment's time", () => {
  const floors = (changes: Partial<Environment>) =>
    burnAlerts(environment(changes), shop, { ...objective, floor: 30 }).flatMap(({ expr }) =>
      [...expr.matchAll(/>= ([\d.]+)\)/g)].map(([, floor]) => Number(floor)),
    );
  const shorts = [5, 30, 120, 360].map((of) => Number((30 / (of * 60)).toPrecision(6)));
  expect(floors({})).toEqual(shorts);
  expect(floors({ lapse: 30 })).toEqual(shorts.map((floor) => expect.closeTo(floor * 30, 5)));
});

test("the window that calls people is the short one and the long one together, at the workbook's factors", () => {
  const [fast, slow] = burnAlerts(environment(), shop, objective);
  const pairs = (expr = "") =>
    [...expr.matchAll(/ratio_rate(\w+)\{[^}]*\} > ([\d.]+)/g)].map(([, window, limit]) => `${window} ${limit}`);
  expect(pairs(fast?.expr)).toEqual(["1h 0.0144", "5m 0.0144", "6h 0.006", "30m 0.006"]);
  expect(pairs(slow?.expr)).toEqual(["1d 0.003", "2h 0.003", "3d 0.001", "6h 0.001"]);
});

test("whatever the period, a tier spends its share of the budget within its long window", () => {
  const shares = [0.02, 0.05, 0.1, 0.1];
  for (let period = 30; period <= 120; period += 7) {
    const tiers = burnTiers(days(period));
    for (const [index, { factor, long, short }] of tiers.entries()) {
      expect((factor * long.value) / days(period).value).toBeCloseTo(shares[index] ?? 0, 4);
      expect(long.value / short.value).toBe(12);
      expect(factor).toBeGreaterThanOrEqual(1);
    }
    // The longer a window, the slower the pace that it tells of.
    expect([...tiers].sort((a, b) => b.factor - a.factor)).toEqual(tiers);
  }
});

test("a latency's bad events are those that were not within the bound", () => {
  const expr = recorded({}, latency({ target: percent(99), over: days(30), below: seconds(0.5) })).get(
    "slo:events_bad:rate5m",
  );
  expect(expr).toBe(
    'sum by (job) (rate(http_request_duration_seconds_count{job="shop"}[5m])) - sum by (job) (rate(http_request_duration_seconds_bucket{job="shop",le="0.5"}[5m]))',
  );
});

test("a budget is counted over the shorter of the period and what the environment declares", () => {
  expect(budgetWindow({}, objective)).toEqual(days(30));
  expect(budgetWindow({ budgetOver: minutes(5) }, objective)).toEqual(minutes(5));
});
