import {
  calendar,
  type Environment,
  formatDiagnostic,
  httpServerMetrics,
  type Service,
  seconds,
  service,
  weekdays,
} from "@watchbill/model";
import { anomalies } from "../../alert-rules/anomalies";
import { main } from "../../dashboards/main";
import { datadog } from "../../lib/backends/datadog";
import { grafana } from "../../lib/backends/grafana";
import { comparisonRecordings } from "../../lib/backends/prometheus/comparison";
import type { RecordingRule } from "../../lib/backends/prometheus/rule-file";
import { check } from "../../lib/checks";
import { environmentWith } from "../support/declarations";
import { complaintOf } from "../support/rule-test";

const DAY = 86400;
const always = { zone: "UTC", from: "00:00", to: "24:00", days: weekdays };
const shopWith = (watch: Parameters<typeof anomalies>[0]): Service =>
  service("shop", {
    owner: "commerce",
    metrics: httpServerMetrics,
    endpoint: { port: 3000 },
    watch: [anomalies(watch)],
  });
const keeping = (days: number, shop: Service, changes: Partial<Environment> = {}) =>
  environmentWith([shop], { retention: seconds(days * DAY), ...changes });
const expressions = (environment: Environment, shop: Service) =>
  (comparisonRecordings(environment, shop).rules as RecordingRule[]).map(({ record, expr }) => [record, expr]);

describe("what is usual", () => {
  const shop = shopWith({ traffic: true });
  const past = (week: number) => `job:http_requests:rate5m{job="shop"} offset ${week * 7}d`;
  const none = '(sum by (job) (rate(http_requests_total{job="shop"}[5m])) or 0 * max by (job) (up{job="shop"} == 1))';
  const labelled = (week: number) => `label_replace(${past(week)}, "week", "${week}", "", "")`;

  test("is the median of three recorded weeks", () => {
    expect(expressions(keeping(30, shop), shop)).toEqual([
      ["job:http_requests:rate5m", none],
      ["job:http_requests:rate5m_usual", `quantile by (job) (0.5, ${labelled(1)} or ${labelled(2)} or ${labelled(3)})`],
    ]);
  });

  test("is what an environment remembers, where that is less", () => {
    expect(expressions(keeping(20, shop), shop)[1]?.[1]).toBe(
      `quantile by (job) (0.5, ${labelled(1)} or ${labelled(2)})`,
    );
    expect(expressions(keeping(7, shop), shop)[1]?.[1]).toBe(past(1));
  });

  test("is as near as everything else where time is lapsed", () => {
    expect(expressions(keeping(1, shop, { lapse: 30 }), shop)[1]?.[1]).toContain("offset 5h36m");
  });

  test("leaves holidays out, those of the calendar that the environment has instead", () => {
    const open = calendar("open", { ...always, holidays: ["2026-12-25", "2026-12-26"] });
    const shop = shopWith({ traffic: true, calendar: open });
    expect(expressions(keeping(30, shop), shop)[0]?.[1]).toBe(
      `(${none}) and on () (floor((vector(time())) / 86400) != 20812 != 20813)`,
    );
    const instead = { open: calendar("open", always) };
    expect(expressions(keeping(30, shop, { calendars: instead }), shop)[0]?.[1]).not.toContain("86400");
  });

  test("is nothing in an environment that keeps no week, which is a mistake", () => {
    const environment = keeping(6, shop);
    const runbooks = new Set(["http-traffic-unusually-low", "http-traffic-unusually-high"]);
    expect(
      check({ environment, services: [shop] }, { runbooks }).map((one) => formatDiagnostic({ ...one, at: "here" })),
    ).toEqual([
      "error comparison-retention here [test/shop/job:http_requests:rate5m]: it compares with past weeks, and test keeps 6d → compare with one week at least and let `retention` be at least days(7), or leave the pack out",
    ]);
  });

  test("is Datadog's to learn, and no exception is stale", () => {
    const all = shopWith({ traffic: true, latency: true, errors: true });
    const { data, diagnostics } = datadog({ environment: keeping(30, all, { dashboards: [main] }), services: [all] });
    expect([data.monitors, data.dashboards, diagnostics]).toEqual([[], [], []]);
  });

  test("is recorded once a minute, as what speaks for all instances", () => {
    const { interval, rules } = comparisonRecordings(keeping(30, shop), shop);
    expect(interval).toBe("1m");
    expect((rules as RecordingRule[]).map(({ labels }) => labels)).toEqual([
      { service: "shop", instance: "all" },
      { service: "shop", instance: "all" },
    ]);
    expect(comparisonRecordings(keeping(1, shop, { lapse: 30 }), shop).interval).toBe("2s");
  });

  test("is drawn with the limits that alerts hold against it", () => {
    const all = shopWith({ traffic: true, latency: true, errors: true });
    const { data, diagnostics } = grafana({ environment: keeping(30, all, { dashboards: [main] }), services: [all] });
    expect(diagnostics).toEqual([]);
    const panels = JSON.parse(JSON.stringify(data.dashboards[0]?.json.panels)) as {
      title: string;
      targets: { expr: string }[];
      fieldConfig?: { defaults: { thresholds: { steps: { value: number | null }[] } } };
    }[];
    const drawn = panels.map(({ title, fieldConfig }) => [
      title,
      fieldConfig?.defaults.thresholds.steps.map((one) => one.value),
    ]);
    expect(drawn).toEqual(
      expect.arrayContaining([
        ["Requests against the usual", [null, 0.5, 2]],
        ["Time to answer against the usual", [null, 2]],
        ["Failing beyond the usual", [null, 0.01]],
      ]),
    );
    const now = panels.find(({ title }) => title === "Requests, and what is usual");
    expect(now?.targets.map(({ expr }) => expr)).toEqual([
      'sum by (job) (job:http_requests:rate5m{job="shop",job=~"$job",instance=~"$instance"})',
      'sum by (job) (job:http_requests:rate5m_usual{job="shop",job=~"$job",instance=~"$instance"})',
    ]);
  });

  test("goes on over a rename, under the job that is kept", () => {
    const renamed = { ...shop, name: "store", formerly: "shop" };
    expect(expressions(keeping(7, renamed), renamed)[1]?.[1]).toBe(past(1));
  });
});

describe("on real Prometheus, after some weeks", () => {
  const STEP = 150;
  const WEEK = (7 * DAY) / STEP;

  /** Requests a second in each of the past three weeks and now, in promtool's notation. */
  function counter(rates: readonly number[]): string {
    let total = 0;
    return rates
      .map((rate, index) => {
        const [each, many] = [rate * STEP, index === rates.length - 1 ? 40 : WEEK - 1];
        const text = `${total}+${each}x${many}`;
        total += each * (many + 1);
        return text;
      })
      .join(" ");
  }
  const firing = (
    watch: Parameters<typeof anomalies>[0],
    alert: string,
    series: Readonly<Record<string, string>>,
    fires: number,
    weeks = 1,
  ) =>
    complaintOf(keeping(30, shopWith({ ...watch, weeks })), {
      series,
      alert,
      at: `${weeks * 7 * DAY + 40 * 60}s`,
      fires,
      interval: `${STEP}s`,
    });
  const requests = (rates: readonly number[], status = "200") => ({
    [`http_requests_total{job="shop",status="${status}"}`]: counter(rates),
  });

  test("a renamed service is compared with what it recorded under its old name", () => {
    const renamed = { ...shopWith({ traffic: true, weeks: 1 }), name: "store", formerly: "shop" };
    const series = {
      // What the old rules have recorded, without any raw samples: 1 request a second.
      'job:http_requests:rate5m{job="shop",service="shop",instance="all"}': `1x${WEEK - 1} _x40`,
      'http_requests_total{job="shop",service="store",status="200"}': `_x${WEEK} 0+${0.4 * STEP}x40`,
    };
    const one = { alert: "HttpTrafficUnusuallyLow", at: `${7 * DAY + 40 * 60}s`, interval: `${STEP}s` };
    expect(complaintOf(keeping(30, renamed), { ...one, series, fires: 1 })).toBe("");
    const forgotten = { ...renamed, formerly: [] };
    const raw = { 'http_requests_total{job="store",service="store",status="200"}': `_x${WEEK} 0+${0.4 * STEP}x40` };
    expect(complaintOf(keeping(30, forgotten), { ...one, series: raw, fires: 0 })).toBe("");
  });

  const open = (...holidays: string[]) => calendar("open", { ...always, holidays });

  // The time that promtool takes grows with the weeks, so there are three of them only where it matters.
  test.each<[string, Parameters<typeof anomalies>[0], string, readonly number[], number]>([
    ["traffic at 45 % of the usual is unusual", { traffic: true }, "HttpTrafficUnusuallyLow", [1, 0.45], 1],
    ["traffic at 55 % is not", { traffic: true }, "HttpTrafficUnusuallyLow", [1, 0.55], 0],
    ["no traffic at all is unusual", { traffic: true }, "HttpTrafficUnusuallyLow", [1, 0], 1],
    ["little traffic says nothing", { traffic: true }, "HttpTrafficUnusuallyLow", [0.3, 0], 0],
    ["traffic at 220 % is unusual", { traffic: true }, "HttpTrafficUnusuallyHigh", [1, 2.2], 1],
    ["traffic at 180 % is not", { traffic: true }, "HttpTrafficUnusuallyHigh", [1, 1.8], 0],
    ["a holiday is quiet", { traffic: true, calendar: open("1970-01-08") }, "HttpTrafficUnusuallyLow", [1, 0.1], 0],
    [
      "one odd week of three does not make it usual",
      { traffic: true },
      "HttpTrafficUnusuallyLow",
      [1, 1, 0.4, 0.45],
      1,
    ],
    [
      "two past holidays are not compared with",
      { traffic: true, calendar: open("1970-01-08", "1970-01-15") },
      "HttpTrafficUnusuallyHigh",
      [1, 0.1, 0.1, 1],
      0,
    ],
    ["two quiet weeks are", { traffic: true, calendar: open() }, "HttpTrafficUnusuallyHigh", [1, 0.1, 0.1, 1], 1],
  ])("%s", (_, watch, alert, rates, fires) => {
    expect(firing(watch, alert, requests(rates), fires, rates.length - 1)).toBe("");
  });

  test("a service that is up and has no series of requests yet has no traffic, which is unusual", () => {
    const gone = { 'http_requests_total{job="shop",status="200"}': `0+${STEP}x${WEEK - 1} stale _x40` };
    const up = (now: number) => ({ 'up{job="shop",instance="a"}': `1x${WEEK - 1} ${now}x40` });
    const alert = "HttpTrafficUnusuallyLow";
    expect(firing({ traffic: true }, alert, { ...gone, ...up(1) }, 1)).toBe("");
    // Of one that is down, other alerts tell.
    expect(firing({ traffic: true }, alert, { ...gone, ...up(0) }, 0)).toBe("");
  });

  test("failures that begin are unusual, also where there never was one", () => {
    const alert = "HttpErrorRatioUnusuallyHigh";
    const failing = (rate: number) => ({ ...requests([1, 1]), ...requests([0, rate], "500") });
    expect(firing({ errors: true }, alert, failing(0.02), 1)).toBe("");
    expect(firing({ errors: true }, alert, failing(0.005), 0)).toBe("");
  });

  test("answers that take more than twice as long are unusual", () => {
    const bucket = (le: string, rates: readonly number[]) => ({
      [`http_request_duration_seconds_bucket{job="shop",le="${le}"}`]: counter(rates),
    });
    const series = (now: number) => ({
      ...requests([1, 1]),
      ...bucket("0.1", [1, now]),
      ...bucket("0.25", [1, 1]),
      ...bucket("+Inf", [1, 1]),
    });
    expect(firing({ latency: true }, "HttpLatencyUnusuallyHigh", series(0), 1)).toBe("");
    expect(firing({ latency: true }, "HttpLatencyUnusuallyHigh", series(0.94), 0)).toBe("");
  });
});
