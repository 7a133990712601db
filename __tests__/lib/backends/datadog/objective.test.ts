import { days, httpServerMetrics, lastingTiers, objective, percent, seconds } from "@watchbill/model";
import { uptimeObjective } from "../../../../alert-rules/objectives";
import { readQuery } from "./query-grammar";
import { metrics, watched } from "./shop";

const { requests, duration } = httpServerMetrics;
const all = requests.where({});
const availability = objective("availability", {
  title: "Requests answered",
  target: percent(99.9),
  over: days(30),
  indicator: { kind: "events", bad: requests.where({ status: /5../ }), all },
});
const latency = { ...availability, id: "latency", title: "Answered in time" };
const given = (...objectives: readonly (typeof availability)[]) => watched([], { service: { objectives } });
const queriesOf = (one: typeof availability) => given(one).data.objectives[0]?.indicator;

describe("an objective", () => {
  test("counts good events by selecting them, so that it stands before the first bad one", () => {
    const { data, diagnostics } = given(availability);
    expect(diagnostics).toEqual([]);
    expect(data.objectives).toEqual([
      {
        key: "shop-availability",
        name: "[shop/production] Requests answered",
        description:
          "Requests answered: 99.9 % over 30d. Unlike in Prometheus, its burn rates are told of fewer than 10 events too.",
        tags: ["env:production", "managed-by:watchbill", "service:shop", "team:commerce"],
        indicator: {
          type: "metric",
          numerator: "sum:shop.http_requests.count{env:production,service:shop,!status:5*}.as_count()",
          denominator: "sum:shop.http_requests.count{env:production,service:shop}.as_count()",
        },
        thresholds: [{ timeframe: "30d", target: 99.9 }],
      },
    ]);
  });

  test("subtracts bad events where they are another metric's", () => {
    const bad = metrics.orders.where({ status: "failed" });
    expect(queriesOf({ ...availability, indicator: { kind: "events", bad, all } as never })).toMatchObject({
      numerator:
        "sum:shop.http_requests.count{env:production,service:shop}.as_count()" +
        " - sum:shop.orders.count{env:production,service:shop,status:failed}.as_count()",
    });
  });

  test("of latency counts the distribution's values by its bound", () => {
    const indicator = { kind: "latency", of: duration.where({ method: "GET" }), bound: seconds(0.5) } as never;
    expect(queriesOf({ ...latency, indicator })).toEqual({
      type: "metric",
      numerator:
        "count(v: v<=0.5):shop.http_request_duration_seconds{env:production,service:shop,method:get}.as_count()",
      denominator:
        "count(v: v>=0):shop.http_request_duration_seconds{env:production,service:shop,method:get}.as_count()",
    });
  });

  describe("of checks from outside", () => {
    const uptime = uptimeObjective({ target: percent(99.9), over: days(30) });

    test("counts runs of the check's tests, from all places", () => {
      expect(queriesOf(uptime)).toEqual({
        type: "metric",
        numerator: "sum:synthetics.test_runs{env:production,service:shop,check:health,status:success}.as_count()",
        denominator: "sum:synthetics.test_runs{env:production,service:shop,check:health}.as_count()",
      });
    });

    test("calls nobody", () => {
      const { monitors } = given(uptime).data;
      expect(monitors.map(({ key, priority }) => [key, priority])).toEqual([
        ["shop-uptime-burn-24h", 2],
        ["shop-uptime-burn-72h", 2],
      ]);
    });

    test("with a limit of its own is a ticket once its budget is spent, and says how that differs", () => {
      const { monitors, objectives } = given({ ...uptime, alertBelow: percent(99.5) }).data;
      expect(monitors.find(({ key }) => key === "shop-uptime-spent")).toMatchObject({
        name: "[shop/production] Time during which checks from outside pass: the error budget is spent",
        type: "slo alert",
        query: 'error_budget("{objective:shop-uptime}").over("30d") > 99',
        thresholds: { critical: 99 },
        priority: 2,
      });
      expect(objectives[0]?.description).toBe(
        "Time during which checks from outside pass: 99.9 % over 30d. Unlike in Prometheus, its burn rates are told of fewer than 10 events too, and a spent budget is told at once, not below 99.5%.",
      );
    });

    test("has no lasting tiers, and none of another gauge", () => {
      const complaints = (changes: object) =>
        given({ ...uptime, ...changes }).diagnostics.map(({ message, hint }) => `${message} → ${hint}`);
      expect(complaints({ lasting: lastingTiers(percent(99.9)) })).toEqual([
        "Datadog can't express lasting tiers of checks → leave `lasting` out, and let an alert on the check tell of an outage",
      ]);
      expect(complaints({ indicator: { kind: "probes", of: metrics.open.where({}) } })).toEqual([
        "Datadog can't express the share of time that connections_open is 1 → let an uptime check probe it",
      ]);
    });
  });

  test("parses", () => {
    for (const { indicator } of given(availability, latency, uptimeObjective({ target: percent(99.9), over: days(30) }))
      .data.objectives) {
      if (indicator.type !== "metric") throw new Error(indicator.type);
      readQuery(indicator.numerator);
      readQuery(indicator.denominator);
    }
  });

  test.each([
    [7, "7d"],
    [90, "90d"],
  ])("over %i days", (over, timeframe) => {
    expect(given({ ...availability, over: days(over) }).data.objectives[0]?.thresholds).toEqual([
      { timeframe, target: 99.9 },
    ]);
  });

  test("over another time is a mistake with a way out", () => {
    const { data, diagnostics } = given({ ...availability, over: days(28) });
    expect(data.objectives).toEqual([]);
    expect(data.monitors).toEqual([]);
    expect(diagnostics).toEqual([
      {
        code: "datadog-inexpressible",
        severity: "error",
        path: "production/shop/availability",
        at: availability.place,
        message: "Datadog can't express an objective over 28d",
        hint: "keep it over 7, 30 or 90 days",
      },
    ]);
  });
});

describe("the burn rate of an objective", () => {
  const { monitors } = given(availability).data;

  test("has an alert a tier, and the slowest the longest window that there is", () => {
    const rate = (long: string, short: string) =>
      `burn_rate("{objective:shop-availability}").over("30d").long_window("${long}").short_window("${short}")`;
    expect(Object.fromEntries(monitors.map(({ key, query }) => [key, query]))).toEqual({
      "shop-availability-burn-1h": `${rate("1h", "5m")} > 14.4`,
      "shop-availability-burn-6h": `${rate("6h", "30m")} > 6`,
      "shop-availability-burn-24h": `${rate("24h", "120m")} > 3`,
      "shop-availability-burn-72h": `${rate("48h", "240m")} > 1`,
    });
    for (const { query, thresholds } of monitors) expect(query.endsWith(` > ${thresholds?.critical}`)).toBe(true);
  });

  test("calls somebody when it is fast", () => {
    const severities = monitors.map(({ key, priority, tags }) => [key.slice(-3), priority, tags[0]]);
    expect(severities.sort()).toEqual([
      ["-1h", 1, "alert:error-budget-burn-fast"],
      ["-6h", 1, "alert:error-budget-burn-fast"],
      ["24h", 2, "alert:error-budget-burn-slow"],
      ["72h", 2, "alert:error-budget-burn-slow"],
    ]);
    const fast = monitors.find(({ key }) => key.endsWith("-1h"));
    expect(fast).toMatchObject({ type: "slo alert", notifyNoData: false });
    expect(fast?.message).toContain("at a pace of 14.4 all of it is gone within 2d2h.");
    expect(fast?.message).toContain("[Runbook](https://runbooks.example.com/error-budget-burn-fast.md)");
    expect(fast?.message).toMatch(/@pagerduty-shop @slack-alerts$/);
  });
});

describe("a burn tier's key", () => {
  const slow = (...hours: number[]) =>
    given({
      ...availability,
      tiers: hours.map((long) => ({
        long: { value: long * 3600, unit: "seconds" as const },
        short: { value: 3600, unit: "seconds" as const },
        factor: 1,
        pages: false,
      })),
    });
  const keysOf = ({ data }: ReturnType<typeof given>) => data.monitors.map(({ key, formerly }) => [key, formerly]);

  test("is its long window as it is declared; what was once called after Datadog's is moved", () => {
    expect(keysOf(slow(72, 96))).toEqual([
      ["shop-availability-burn-72h", ["shop-availability-burn-48h"]],
      ["shop-availability-burn-96h", undefined],
    ]);
    expect(keysOf(slow(48, 72))).toEqual([
      ["shop-availability-burn-48h", undefined],
      ["shop-availability-burn-72h", undefined],
    ]);
  });

  test("goes through every name that the objective had", () => {
    const renamed = given({ ...availability, id: "answered", formerly: "availability" });
    expect(renamed.data.monitors.find(({ key }) => key === "shop-answered-burn-72h")?.formerly).toEqual([
      "shop-availability-burn-48h",
      "shop-availability-burn-72h",
      "shop-answered-burn-48h",
    ]);
  });

  test("is no other tier's", () => {
    const { diagnostics } = slow(6, 6);
    expect(diagnostics.map(({ code, path, message, hint }) => `${code} ${path}: ${message} → ${hint}`)).toEqual([
      'datadog-key production/shop-availability-burn-6h: two of Datadog\'s monitors would have the key "shop-availability-burn-6h"' +
        " → rename one; of an objective's tiers, give each a long window or a time that it lasts of its own",
    ]);
  });
});
