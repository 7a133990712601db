import {
  budgetWindow,
  burnTiers,
  days,
  type Environment,
  hours,
  lastingTiers,
  minutes,
  type Objective,
  percent,
  seconds,
  uptimeCheck,
} from "@watchbill/model";
import { availability, latency, uptimeObjective } from "../../../../alert-rules/objectives";
import { objectiveGroup } from "../../../../lib/backends/prometheus/objective";
import { environmentWith, shopWith } from "../../../support/declarations";
import { readQuery } from "../../../support/promql-syntax";

const objective = availability({ target: percent(99.9), over: days(30) });
const shop = shopWith([], { objectives: [objective] });
const environment = (changes: Partial<Environment> = {}) => environmentWith([shop], changes);
const rulesOf = (changes: Partial<Environment> = {}, of: Objective = objective) =>
  objectiveGroup(environment(changes), shop, of).rules;
const expressions = (changes: Partial<Environment> = {}, of: Objective = objective) =>
  new Map(rulesOf(changes, of).map((rule) => ["record" in rule ? rule.record : rule.alert, rule.expr]));
const alertsOf = (changes: Partial<Environment> = {}, of: Objective = objective) =>
  rulesOf(changes, of).filter((rule) => "alert" in rule);
const of = '{service="shop",objective="availability"}';

describe("what is recorded", () => {
  test("events are counted from raw series once; every window reads what was recorded", () => {
    const raw = [...expressions()].filter(([, expr]) => expr.includes("http_requests_total")).map(([name]) => name);
    expect(raw).toEqual(["slo:events_all:increase", "slo:events_bad:increase"]);
    for (const [name, expr] of expressions()) {
      if (raw.includes(name)) continue;
      expect([name, readQuery(expr).metrics.every((metric) => metric.startsWith("slo:"))]).toEqual([name, true]);
    }
  });

  test("each series is recorded before anything of its group reads it, but for what was recorded long ago", () => {
    const known = new Set<string>();
    for (const rule of rulesOf()) {
      for (const metric of readQuery(rule.expr).metrics.filter((one) => one.startsWith("slo:"))) {
        expect([metric, known.has(metric)]).toEqual([metric, true]);
      }
      if ("record" in rule) known.add(rule.record);
    }
  });

  test("one group holds it all, small enough to be no two", () => {
    for (const one of [objective, latency({ target: percent(99), over: days(30), below: seconds(0.5) })]) {
      expect(rulesOf({}, one).length).toBeLessThanOrEqual(20);
    }
  });

  test("events are the difference of two looks at a counter, an evaluation apart", () => {
    const counter = 'http_requests_total{job="shop"}[5m]';
    expect(expressions().get("slo:events_all:increase")).toBe(
      `sum by (job) (last_over_time(${counter}) - last_over_time(${counter} offset 15s) >= 0 or last_over_time(${counter}) < last_over_time(${counter} offset 15s))`,
    );
  });

  test("a ratio is a sum over a sum, never an average of ratios", () => {
    for (const [name, expr] of expressions()) expect([name, /avg|rate\(/.test(expr)]).toEqual([name, false]);
    expect(expressions().get("slo:sli_error:ratio_rate5m")).toBe(
      `sum_over_time(slo:events_bad:increase${of}[4m55s]) / sum_over_time(slo:events_all:increase${of}[4m55s])`,
    );
  });

  test("the parts of a window lie side by side, and those that are not recorded yet count nothing", () => {
    const hour = `slo:events_bad:increase1h${of}`;
    const parts = [1, 2, 3, 4, 5].map((back) => ` + (${hour} offset ${back}h or 0 * ${hour})`);
    expect(expressions().get("slo:events_bad:increase6h")).toBe(`${hour}${parts.join("")}`);
  });

  test("any window is put together from days, six hours, hours and what is left", () => {
    const tier = { long: hours(31.5), short: minutes(90), factor: 2, pages: false };
    const expr = expressions({}, { ...objective, tiers: [tier] }).get("slo:sli_error:ratio_rate1d7h30m") ?? "";
    const reads = (which: string) =>
      [...expr.matchAll(new RegExp(`slo:events_${which}:(\\w+)\\{[^}]*\\}(\\[\\w+\\])?( offset \\w+)`, "g"))].map(
        ([, series, range = "", offset]) => `${series}${range}${offset}`,
      );
    for (const which of ["bad", "all"]) {
      expect(reads(which)).toEqual(["increase6h offset 1d", "increase1h offset 1d6h", "increase[29m55s] offset 1d7h"]);
    }
  });

  test("a range is shorter than it says by a third of an evaluation, which Prometheus 2 and 3 count alike", () => {
    const range = (changes: Partial<Environment>) =>
      /\[(\w+)\]/.exec(expressions(changes).get("slo:sli_error:ratio_rate5m") ?? "")?.[1];
    expect(range({ evaluateEvery: seconds(30) })).toBe("4m50s");
    expect(range({ lapse: 30 })).toBe("9s833ms");
  });

  test("a latency's bad events are those that were not within the bound", () => {
    const expr = expressions({}, latency({ target: percent(99), over: days(30), below: seconds(0.5) })).get(
      "slo:events_bad:increase",
    );
    const bucket = 'http_request_duration_seconds_bucket{job="shop",le="0.5"}[5m]';
    expect(expr).toBe(
      `slo:events_all:increase{service="shop",objective="latency"} - on (job) sum by (job) (last_over_time(${bucket}) - last_over_time(${bucket} offset 15s) >= 0 or last_over_time(${bucket}) < last_over_time(${bucket} offset 15s))`,
    );
  });
});

describe("an objective of checks from outside", () => {
  const uptime = uptimeObjective({ target: percent(99.9), over: days(30) });
  const checked = (every: Parameters<typeof uptimeCheck>[1]["every"] = minutes(1)) =>
    shopWith([], { objectives: [uptime], checks: [uptimeCheck("health", { path: "/health", every })] });
  const events = (service = checked(), changes: Partial<Environment> = {}) =>
    objectiveGroup(environmentWith([service], changes), service, uptime)
      .rules.slice(0, 2)
      .map(({ expr }) => expr);
  const probes = 'probe_success{job="shop-blackbox",check="health"}';

  test("a result counts for as long as it stands: those of a minute are a quarter each at evaluations of 15 s", () => {
    expect(events()).toEqual([
      `count by (job) (${probes}) * 0.25`,
      `slo:events_all:increase{service="shop",objective="uptime"} - on (job) sum by (job) (${probes}) * 0.25`,
    ]);
  });

  test("so that events are results, however often they are made and whatever the time lapse", () => {
    const weight = (...given: Parameters<typeof events>) => /\* ([\d.]+)$/.exec(events(...given)[0] ?? "")?.[1] ?? "1";
    expect(weight(checked(seconds(15)))).toBe("1");
    expect(weight(checked(minutes(2)))).toBe("0.125");
    // Prometheus asks each two and a half minutes at least.
    expect(weight(checked(minutes(5)))).toBe("0.1");
    expect(weight(checked(), { lapse: 30 })).toBe("0.25");
    expect(weight(checked(minutes(5)), { lapse: 30 })).toBe("0.05");
  });

  test("calls nobody: an outage is told by what watches it, and a single failed check is no outage", () => {
    const alerts = objectiveGroup(environmentWith([checked()]), checked(), uptime).rules.filter((r) => "alert" in r);
    expect(alerts.map((rule) => [rule.alert, rule.labels.priority])).toEqual([["ErrorBudgetBurnSlow", "p1"]]);
  });
});

describe("the error budget", () => {
  test("is told over the period, or over the shorter one that the environment declares: a day, and half hours before", () => {
    const left = (changes: Partial<Environment>) => expressions(changes).get("slo:error_budget:remaining");
    expect(left({})).toContain("[28d23h59m55s:30m] offset 1d");
    expect(left({ budgetOver: days(7) })).toContain("[5d23h59m55s:30m] offset 1d");
    expect(left({ budgetOver: days(60) })).toContain("[28d23h59m55s:30m] offset 1d");
    expect(left({ budgetOver: days(1) })).toBe(
      `1 - slo:events_bad:increase1d${of} / slo:events_all:increase1d${of} / 0.001`,
    );
  });

  test("lasts as long as the rest of it at the pace of the last hour, in real seconds", () => {
    const expected = (whole: number) =>
      `clamp_min(slo:error_budget:remaining${of}, 0) * ${whole} / clamp_min(slo:current_burn_rate:ratio${of}, 0.000001)`;
    expect(expressions().get("slo:error_budget:exhaustion_seconds")).toBe(expected(30 * 86400));
    expect(expressions({ lapse: 30 }).get("slo:error_budget:exhaustion_seconds")).toBe(expected(86400));
    expect(expressions({ budgetOver: days(7) }).get("slo:error_budget:exhaustion_seconds")).toBe(expected(7 * 86400));
  });

  test("is counted over the shorter of the period and what the environment declares", () => {
    expect(budgetWindow({}, objective)).toEqual(days(30));
    expect(budgetWindow({ budgetOver: minutes(5) }, objective)).toEqual(minutes(5));
  });
});

describe("whom it calls", () => {
  test("a floor is so many events within a short window, and so many bad ones within a lasting tier", () => {
    const [fast] = alertsOf({}, { ...objective, floor: 30 });
    expect(fast?.expr.match(/sum_over_time\(slo:events_bad:increase\{[^}]*\}\[\w+\]\) >= 30/g)).toHaveLength(4);
    expect(fast?.expr.match(/sum_over_time\(slo:events_all:increase\{[^}]*\}\[\w+\]\) >= 30/g)).toHaveLength(2);
  });

  test("a burn tier is the short window and the long one together, at the workbook's factors; a page's burns still", () => {
    const [fast, slow] = alertsOf({}, { ...objective, lasting: [] });
    const limits = (expr = "") => [...expr.matchAll(/ > ([\d.]+)/g)].map(([, limit]) => limit);
    expect(limits(fast?.expr)).toEqual(["0.0144", "0.0144", "0.006", "0.006", "0.006"]);
    expect(fast?.expr).toContain(`/ sum_over_time(slo:events_all:increase${of}[4m55s]) > 0.006 and `);
    expect(limits(slow?.expr)).toEqual(["0.003", "0.003", "0.001", "0.001"]);
    expect(slow?.expr).toContain(
      `slo:sli_error:ratio_rate3d${of} > 0.001 and slo:sli_error:ratio_rate6h${of} > 0.001 and slo:events_all:increase6h${of} >= 10 and slo:events_all:increase${of} offset 1d12h)`,
    );
  });

  test("a lasting tier is the lowest of the evaluations that must be higher, if there were so many", () => {
    const [fast] = alertsOf();
    const seen = `slo:sli_error:ratio_rate1m${of}`;
    expect(fast?.expr.split(" or ").slice(0, 2)).toEqual([
      `(min_over_time(${seen}[25s]) > 0.4 and count_over_time(${seen}[25s]) >= 2 and sum_over_time(slo:events_bad:increase${of}[25s]) >= 10)`,
      `(quantile_over_time(0.1429, ${seen}[1m55s]) > 0.04 and count_over_time(${seen}[1m55s]) >= 7 and sum_over_time(slo:events_bad:increase${of}[1m55s]) >= 10)`,
    ]);
  });

  test("a lasting tier takes as many scrapes where these are further apart", () => {
    const [fast] = alertsOf({ scrapeEvery: seconds(30), evaluateEvery: seconds(30) });
    expect(fast?.expr).toContain(`slo:sli_error:ratio_rate2m${of}[3m50s]) > 0.04 and count_over_time(`);
  });

  test("one trouble is one page: it stays while it goes from tier to tier", () => {
    const [fast, slow] = alertsOf();
    expect(fast?.keep_firing_for).toBe("5m");
    expect(slow?.keep_firing_for).toBeUndefined();
    expect(fast?.annotations.summary).toBe("Requests fail: the error budget burns fast.");
  });

  test("a limit of the whole period is a ticket while it is missed, once half of the period is known", () => {
    const limited = { ...objective, alertBelow: percent(99.5) };
    const spent = (changes: Partial<Environment> = {}) =>
      alertsOf(changes, limited).map((rule) => rule.expr.split(" or ").at(-1));
    const expected = (half: string) =>
      `((1 - slo:error_budget:remaining${of}) * 0.001 > 0.005 and slo:events_all:increase${of} offset ${half})`;
    expect(spent()[1]).toBe(expected("15d"));
    expect(spent({ budgetOver: days(7) })[1]).toBe(expected("3d12h"));
    expect(alertsOf({}, limited).map((rule) => rule.keep_firing_for)).toEqual(["5m", "1h"]);
    expect(spent()[0]).toBe(alertsOf()[0]?.expr.split(" or ").at(-1));
  });

  test("without tiers that call nobody there is no such alert", () => {
    const paging = { ...objective, lasting: [], tiers: objective.tiers.filter(({ pages }) => pages) };
    expect(alertsOf({}, paging).map((rule) => rule.alert)).toEqual(["ErrorBudgetBurnFast"]);
  });
});

describe("tiers of any period", () => {
  test("a tier spends its share of the budget within its long window, or tells of the pace that keeps the promise", () => {
    const shares = [0.02, 0.05, 0.1, 0.1];
    for (let period = 30; period <= 120; period += 7) {
      const tiers = burnTiers(days(period));
      expect(tiers).toHaveLength(4);
      for (const [index, { factor, long, short }] of tiers.entries()) {
        expect((factor * long.value) / days(period).value).toBeCloseTo(shares[index] ?? 0, 4);
        expect(long.value / short.value).toBe(12);
      }
    }
  });

  test("the longer a window, the slower the pace that it tells of, and never slower than the promise", () => {
    for (let period = 1; period <= 120; period++) {
      const tiers = burnTiers(days(period));
      expect([period, tiers.length > 0]).toEqual([period, true]);
      expect([...tiers].sort((a, b) => b.factor - a.factor)).toEqual(tiers);
      expect(new Set(tiers.map(({ factor }) => factor)).size).toBe(tiers.length);
      for (const { factor, long } of tiers) {
        expect(factor).toBeGreaterThanOrEqual(1);
        expect(long.value).toBeLessThan(days(period).value);
      }
    }
  });

  test("of 28 and of 7 days", () => {
    const factors = (period: number) => burnTiers(days(period)).map(({ long, factor }) => [long.value / 3600, factor]);
    expect(factors(28)).toEqual([
      [1, 13.44],
      [6, 5.6],
      [24, 2.8],
      [72, 1],
    ]);
    expect(factors(7)).toEqual([
      [1, 3.36],
      [6, 1.4],
      [24, 1],
    ]);
  });

  test("a laxer target allows more before anybody is called", () => {
    const shares = (target: number) =>
      lastingTiers(percent(target)).map(({ share, pages }) => `${share.value}${pages ? "" : " ticket"}`);
    expect(shares(99.99)).toEqual(["0.4", "0.04", "0.02", "0.01", "0.0025 ticket"]);
    expect(shares(99.9)).toEqual(["0.4", "0.04", "0.02", "0.01", "0.0025 ticket"]);
    expect(shares(99.5)).toEqual(["0.4", "0.05", "0.0125 ticket"]);
    expect(shares(99)).toEqual(["0.4", "0.1", "0.025 ticket"]);
    expect(shares(90)).toEqual(["0.25 ticket"]);
  });
});
