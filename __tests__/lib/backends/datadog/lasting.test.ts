import {
  dashboard,
  days,
  httpServerMetrics,
  lastingTiers,
  minutes,
  objective,
  percent,
  seconds,
} from "@watchbill/model";
import { readMonitorQuery } from "./query-grammar";
import { errorsHigh, mistakesOf, watched } from "./shop";

const { requests, duration } = httpServerMetrics;
const bad = requests.where({ status: /5../ });
const availability = objective("availability", {
  title: "Requests answered",
  target: percent(99.9),
  over: days(30),
  tiers: [],
  lasting: lastingTiers(percent(99.9)),
  symptom: "Requests fail",
  outranks: ["ErrorsHigh"],
  indicator: { kind: "events", bad, all: requests.where({}) },
});
const given = (changes: Partial<typeof availability> = {}, environment = {}) =>
  watched([], { service: { objectives: [{ ...availability, ...changes }] }, environment }).data.monitors;
const failing = "sum:shop.http_requests.count{env:production,service:shop,status:5*}";

describe("the lasting tiers that call somebody", () => {
  test("are one monitor: an outage fulfils them all, and is one page", () => {
    const called = given().filter(({ message }) => message.includes("@"));
    expect(called).toHaveLength(1);
    expect(called[0]).toMatchObject({
      key: "shop-availability-lasting",
      type: "composite",
      name: "[shop/production] Requests fail: the error budget burns fast",
      query: ["30s", "1m45s", "3m", "4m"]
        .map(
          (lasts) => `({monitor:shop-availability-lasts-${lasts}} && {monitor:shop-availability-lasts-${lasts}-floor})`,
        )
        .join(" || "),
      priority: 1,
      notifyNoData: false,
    });
    expect(called[0]?.tags).toContain("alert:error-budget-burn-fast");
  });

  test("each want as many bad events as the objective's floor, in the time that it lasts", () => {
    const floors = given().filter(({ key }) => key.endsWith("-floor"));
    expect(floors.map(({ key, query }) => [key, query])).toEqual([
      ["shop-availability-lasts-1m45s-floor", `sum(last_2m):${failing}.as_count() >= 10`],
      ["shop-availability-lasts-30s-floor", `sum(last_1m):${failing}.as_count() >= 10`],
      ["shop-availability-lasts-3m-floor", `sum(last_3m):${failing}.as_count() >= 10`],
      ["shop-availability-lasts-4m-floor", `sum(last_4m):${failing}.as_count() >= 10`],
    ]);
    for (const { query, onMissingData, tags, message } of given().filter(({ type }) => type !== "composite")) {
      readMonitorQuery(query);
      expect(onMissingData).toBe("resolve");
      expect(tags).toContain("role:part");
      expect(message).not.toContain("@");
    }
  });

  test("say what they tell in the minutes that a monitor looks at, and where to look", () => {
    const dashboards = [
      dashboard("traffic", { title: "Traffic", question: "Much?", sections: ["Traffic"] }),
      dashboard("promises", { title: "Promises", question: "Kept?", sections: ["Objectives"] }),
    ];
    const links = { runbooks: "https://runbooks", prometheus: "", alertmanager: "", grafana: "https://grafana" };
    const [whole] = given({}, { dashboards, links });
    expect(whole?.message).toBe(
      [
        '{{#is_alert}}\nRequests fail: the error budget burns fast. {{a.value}}% of events miss the objective "Requests answered";' +
          " too many are more than 40% of 1m, or 4% in each minute of 2m, or 2% in each minute of 3m, or 1% in each minute of 4m.\n{{/is_alert}}",
        "{{#is_renotify}}\nNobody has mended it yet.\n{{/is_renotify}}",
        "{{#is_recovery}}\nNo longer: Requests fail: the error budget burns fast.\n{{/is_recovery}}",
        "[Runbook](https://runbooks/error-budget-burn-fast.md) · [Dashboard](https://grafana/d/shop-promises)",
        "@pagerduty-shop @slack-alerts",
      ].join("\n\n"),
    );
  });

  test("of latency count what took longer than the bound", () => {
    const indicator = { kind: "latency", of: duration.where({}), bound: seconds(0.5) } as never;
    const floor = given({ indicator }).find(({ key }) => key === "shop-availability-lasts-3m-floor");
    expect(floor?.query).toBe(
      "sum(last_3m):count(v: v>0.5):shop.http_request_duration_seconds{env:production,service:shop}.as_count() >= 10",
    );
    readMonitorQuery(floor?.query ?? "");
  });

  test("without a floor have no parts for one, and a single one none at all", () => {
    expect(given({ floor: 0 }).map(({ key }) => key)).not.toContain("shop-availability-lasts-3m-floor");
    const [one, ...others] = given({ floor: 0, lasting: availability.lasting.slice(0, 1) });
    expect(others).toEqual([]);
    expect(one).toMatchObject({ key: "shop-availability-lasting", type: "query alert", priority: 1 });
    expect(one?.message).toContain("{{value}}% of events");
  });

  test("are as many as a composite monitor can be made of", () => {
    const [first] = availability.lasting;
    const lasting = [1, 2, 3, 4, 5, 6].flatMap((lasts) => (first ? [{ ...first, lasts: minutes(lasts) }] : []));
    expect(mistakesOf([], { service: { objectives: [{ ...availability, lasting }] } })).toEqual([
      "datadog-inexpressible production/shop/availability: Datadog can't express 6 lasting tiers that call somebody" +
        " → declare 5 of them at most",
    ]);
  });
});

describe("an alert that an objective says sooner", () => {
  const told = { ...errorsHigh, severity: "critical" as const };
  const messageWith = (objectives: readonly (typeof availability)[], environment = {}) =>
    watched([told], { service: { objectives }, environment }).data.monitors.find(({ key }) => key === "shop-ErrorsHigh")
      ?.message;

  test("wakes nobody, and says who does", () => {
    expect(messageWith([availability])).toMatch(/\n@slack-alerts$/);
    expect(messageWith([availability])).toContain('The objective "Requests answered" wakes somebody for this.\n');
  });

  test.each([
    ["it is not outranked", [{ ...availability, outranks: [] }], {}],
    ["the objective calls nobody", [{ ...availability, lasting: [] }], {}],
    ["Datadog does without the objective", [{ ...availability, over: days(28) }], {}],
  ])("wakes somebody where %s", (_, objectives, environment) => {
    expect(messageWith(objectives, environment)).toMatch(/\n@pagerduty-shop @slack-alerts$/);
    expect(messageWith(objectives, environment)).not.toContain("wakes somebody");
  });

  test("is told as ever where nobody is woken anyway", () => {
    const notify = { critical: ["alerts"], high: [], medium: [], low: [], info: [] };
    expect(messageWith([availability], { notify })).not.toContain("wakes somebody");
  });
});
