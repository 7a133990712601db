import {
  above,
  absent,
  always,
  below,
  bytes,
  calendar,
  complement,
  count,
  dashboard,
  during,
  gauge,
  givenAtLeast,
  hours,
  increase,
  largest,
  minutes,
  pack,
  panel,
  percent,
  quantile,
  type Severity,
  scrapeMetrics,
  seconds,
  secret,
  slack,
  smallest,
  sum,
} from "@watchbill/model";
import { readMonitorQuery } from "./query-grammar";
import {
  alarm,
  environment,
  errorRatio,
  errorsHigh,
  hostMetrics,
  metrics,
  mistakesOf,
  monitorOf,
  uptimeMetrics,
  watched,
} from "./shop";

const { requests, orders, open, answer } = metrics;
const slow = above(quantile(0.95, answer), seconds(2));
const down = alarm(below(largest(uptimeMetrics.success.where({ check: "health" })), count(1, "checks")), {
  id: "ShopDown",
  for: minutes(1),
  severity: "critical",
  summary: "The shop is down.",
  description: "The check passes from {value} places.",
});

describe("a monitor", () => {
  test("says what is wrong and that it is over, links, and calls by severity", () => {
    const monitor = monitorOf(alarm(slow, { runbook: "shop-slow" }));
    expect(monitor.name).toBe("[shop/production] Something is wrong");
    expect(monitor.message).toBe(
      [
        "{{#is_alert}}\nSomething is wrong. It is {{value}} s; the limit is 2s, looking back 1m.\n{{/is_alert}}",
        "{{#is_renotify}}\nNobody has mended it yet.\n{{/is_renotify}}",
        "{{#is_recovery}}\nNo longer: Something is wrong.\n{{/is_recovery}}",
        "[Runbook](https://runbooks.example.com/shop-slow.md)",
        "@slack-alerts",
      ].join("\n\n"),
    );
    expect(monitor.requireFullWindow).toBe(false);
    expect(monitor.notifyNoData).toBeUndefined();
  });

  test.each<[Severity, number, number, string]>([
    ["critical", 1, 60, "@pagerduty-shop @slack-alerts"],
    ["high", 2, 240, "@slack-alerts"],
    ["medium", 3, 720, "@team@example.com"],
    ["low", 4, 1440, ""],
    ["info", 5, 1440, ""],
  ])(
    "of severity %s has priority %i, is told again after %i minutes and calls %s",
    (severity, priority, again, called) => {
      const monitor = monitorOf(alarm(slow, { severity }));
      expect(monitor).toMatchObject({ priority, renotifyInterval: again, renotifyStatuses: ["alert"] });
      expect(monitor.message.match(/@\S+/g) ?? []).toEqual(called === "" ? [] : called.split(" "));
      expect(monitor.message.includes("{{#is_renotify}}")).toBe(severity === "critical" || severity === "high");
      expect(monitor.tags).toEqual([
        "alert:alarm",
        "env:production",
        "managed-by:watchbill",
        "service:shop",
        `severity:${severity}`,
        "team:commerce",
      ]);
    },
  );

  test("tells the owner too, once, and a channel by the name that it has in Datadog", () => {
    const owners = { commerce: ["alerts", "incidents", "office"] };
    const { channels } = environment([]);
    const office = slack("#office", { webhook: secret("office-webhook-file"), datadog: "@slack-hq-office" });
    const { data } = watched([alarm(slow)], { environment: { owners, channels: { ...channels, office } } });
    expect(data.monitors[0]?.message).toMatch(/\n@slack-alerts @webhook-incidents @slack-hq-office$/);
  });

  test("writes a value in its unit and a label as its tag", () => {
    const { memoryAvailable } = hostMetrics;
    const text = (condition: Parameters<typeof alarm>[0], description: string) =>
      monitorOf(alarm(condition, { description })).message.split("\n")[1];
    expect(text(above(errorRatio, percent(1)), "{value} > {threshold}")).toBe("Something is wrong. {{value}}% > 1%");
    expect(text(above(sum(open), count(80, "connections")), "{value} > {threshold}")).toBe(
      "Something is wrong. {{value}} > 80 connections",
    );
    expect(
      text(below(sum(memoryAvailable, { by: ["instance"] }), bytes(1024 ** 2)), "{value} of {label:instance}"),
    ).toBe('Something is wrong. {{eval "humanize_bytes(value)"}} of {{host.name}}');
  });

  test("links to Datadog's own dashboard where the site is known, else to Grafana's", () => {
    const one = panel("answers", {
      title: "Answers",
      description: "How long they take.",
      on: "main",
      section: "Latency",
      series: [{ legend: "p95", of: quantile(0.95, answer) }],
    });
    const alerts = [alarm(slow, { panel: "answers" })];
    const links = { runbooks: "https://runbooks", prometheus: "", alertmanager: "", grafana: "https://grafana" };
    const message = (more: object) =>
      watched([], {
        service: { watch: [pack("answers", { alerts, panels: [one] })] },
        environment: {
          links: { ...links, ...more },
          dashboards: [dashboard("main", { title: "Main", question: "Well?", sections: ["Latency"] })],
        },
      }).data.monitors[0]?.message;
    expect(message({})).toContain("[Runbook](https://runbooks/alarm.md) · [Dashboard](https://grafana/d/shop-main)");
    expect(message({ datadog: "https://app.datadoghq.eu" })).toContain(
      "[Dashboard](https://app.datadoghq.eu/dashboard/{dashboard:shop-main})",
    );
  });

  test("that keeps firing recovers a tenth away from its limit", () => {
    const keepFiring = minutes(10);
    expect(monitorOf(alarm(slow, { keepFiring })).thresholds).toEqual({ critical: 2, criticalRecovery: 1.8 });
    const few = below(sum(open), count(10, "connections"));
    expect(monitorOf(alarm(few, { keepFiring })).thresholds).toEqual({ critical: 10, criticalRecovery: 11 });
  });

  test("recovers at no value that it can't have", () => {
    const keepFiring = minutes(12);
    const recovers = (when: Parameters<typeof alarm>[0]) =>
      monitorOf(alarm(when, { keepFiring })).thresholds?.criticalRecovery;
    const up = gauge("pg_up", { unit: "servers", from: "postgres" });
    expect(recovers(below(smallest(up, { by: ["instance"] }), count(1, "servers")))).toBeUndefined();
    expect(recovers(below(sum(open), count(1, "connections")))).toBeUndefined();
    const hits = complement(errorRatio);
    expect(recovers(below(hits, percent(95)))).toBeUndefined();
    expect(recovers(below(hits, percent(90)))).toBe(99);
    expect(recovers(below(smallest(hostMetrics.filesystemAvailable), bytes(1)))).toBe(1.1);
  });

  test("of what an exporter says is told when the exporter is gone: that is no recovery", () => {
    const up = gauge("pg_up", { unit: "servers", from: "postgres" });
    const one = below(smallest(up, { by: ["instance"] }), count(1, "servers"));
    const monitor = monitorOf(alarm(one, { for: minutes(1), summary: "The database is down." }));
    expect(monitor).toMatchObject({ notifyNoData: true, noDataTimeframe: 5, renotifyStatuses: ["alert", "no data"] });
    expect(monitor).not.toHaveProperty("onMissingData");
    expect(monitor.message).toContain(
      [
        "{{#is_no_data}}\nThere is no data any more, so nobody knows whether this is so: The database is down.\n{{/is_no_data}}",
        "{{#is_renotify}}\nNobody has mended it yet.\n{{/is_renotify}}",
        "{{#is_alert_recovery}}\nNo longer: The database is down.\n{{/is_alert_recovery}}",
        "{{#is_no_data_recovery}}\nThere is data again, and all is well.\n{{/is_no_data_recovery}}",
      ].join("\n\n"),
    );
    expect(monitorOf(alarm(one, { for: minutes(10) })).noDataTimeframe).toBe(20);
    expect(monitorOf(alarm(below(sum(open), count(1, "connections")))).onMissingData).toBe("resolve");
  });

  test("of something absent is told when there is no data, after five minutes at the soonest", () => {
    const monitor = monitorOf(alarm(absent(orders.where({ status: "paid" })), { for: minutes(10) }));
    expect(monitor.query).toBe(
      "max(last_10m):count_not_null(avg:shop.orders.count{env:production,service:shop,status:paid}) < 0",
    );
    expect(monitor).toMatchObject({ onMissingData: "show_and_notify_no_data", renotifyStatuses: ["no data"] });
    expect(monitor.message).toMatch(/^\{\{#is_no_data\}\}/);
    expect(readMonitorQuery(monitorOf(alarm(absent(orders))).query).window).toBe("last_5m");
  });
});

describe("a floor of events", () => {
  const guarded = { ...errorsHigh, when: givenAtLeast(count(10, "requests"), increase(requests), errorsHigh.when) };
  const { data } = watched([guarded]);
  const [whole, condition, floor] = data.monitors;

  test("makes a composite monitor, which alone calls people", () => {
    expect(whole).toMatchObject({
      key: "shop-ErrorsHigh",
      type: "composite",
      query: "{monitor:shop-ErrorsHigh-condition} && {monitor:shop-ErrorsHigh-floor}",
      notifyNoData: false,
    });
    expect(whole?.message).toContain("It is {{a.value}}%;");
    expect(whole?.message).toContain("@slack-alerts");
    expect(whole).not.toHaveProperty("onMissingData");
    for (const part of [condition, floor]) {
      expect(part?.message).not.toContain("@");
      expect(part).not.toHaveProperty("priority");
      expect(part?.tags).toEqual([
        "env:production",
        "managed-by:watchbill",
        "role:part",
        "service:shop",
        "team:commerce",
      ]);
    }
  });

  test("must be reached in each minute of the hold", () => {
    expect(condition?.query).toBe(monitorOf(errorsHigh).query);
    expect(floor?.query).toBe(
      "min(last_5m):sum:shop.http_requests.count{env:production,service:shop}.as_rate().rollup(sum, 60) * 60 >= 10",
    );
  });
});

describe("an alert in some hours only", () => {
  const day = calendar("business-hours", { zone: "Europe/London", from: "09:00", to: "18:00" });
  const silent = below(increase(orders, { over: hours(1) }), count(1, "orders"));

  test("is muted outside of them by a downtime of its monitor", () => {
    const { data } = watched([alarm(during(day, hours(1), silent))]);
    expect(data.downtimes).toHaveLength(1);
    expect(data.downtimes[0]).toMatchObject({
      key: "shop-Alarm-business-hours",
      monitors: { monitor: "shop-Alarm" },
      displayTimezone: "Europe/London",
      schedule: { timezone: "Europe/London" },
    });
  });

  test("by its severity waits for them", () => {
    const { data } = watched([alarm(silent)], { environment: { hours: { high: day } } });
    expect(data.downtimes[0]).toMatchObject({
      key: "hours-high",
      monitors: { tags: ["env:production", "managed-by:watchbill", "severity:high"] },
    });
    const tags = data.downtimes.flatMap(({ monitors }) => ("tags" in monitors ? monitors.tags : []));
    expect(data.monitors[0]?.tags).toEqual(expect.arrayContaining([...tags]));
  });

  test("that a test tells is muted by the test's tags", () => {
    const { data } = watched([{ ...down, when: during(day, minutes(0), down.when) }]);
    const monitors = data.downtimes[0]?.monitors;
    const tags = monitors && "tags" in monitors ? monitors.tags : [];
    expect(tags).toContain("alert:shop-down");
    expect(data.syntheticsTests[0]?.tags).toEqual(expect.arrayContaining([...tags]));
  });
});

describe("the exception of an alert", () => {
  const except = { datadog: "Prometheus watches itself" };
  const watchdog = alarm(always(scrapeMetrics.targetUp, { within: minutes(2) }), { id: "Watchdog" });

  test("lets Datadog do without what it can't express", () => {
    expect(mistakesOf([watchdog])).toEqual([
      "datadog-inexpressible production/shop/Watchdog: Datadog can't express an alert that always fires" +
        ' → leave the watchdog to Prometheus, or let Datadog do without it: except: { datadog: "why" }',
    ]);
    expect(mistakesOf([{ ...watchdog, except }])).toEqual([]);
  });

  test("is a mistake where it isn't needed, and names the alert's place", () => {
    const { diagnostics, data } = watched([{ ...errorsHigh, except }]);
    expect(diagnostics).toEqual([
      {
        code: "stale-exception",
        severity: "error",
        path: "production/shop/ErrorsHigh",
        at: errorsHigh.place,
        message: 'ErrorsHigh is kept from Datadog ("Prometheus watches itself"), which can express it',
        hint: "remove its exception",
      },
    ]);
    expect(data.monitors).toEqual([]);
  });

  test("for another backend says nothing to this one", () => {
    expect(watched([{ ...errorsHigh, except: { prometheus: "no" } }]).data.monitors).toHaveLength(1);
  });
});

test("all mistakes are found at once", () => {
  const checkless = alarm(below(largest(uptimeMetrics.success.where({ check: "front" })), count(1, "checks")));
  const wayOut = ', or let Datadog do without it: except: { datadog: "why" }';
  expect(mistakesOf([down, { ...down, id: "DownAgain" }, { ...checkless, id: "FrontDown" }])).toEqual([
    "datadog-inexpressible production/shop/DownAgain: Datadog can't express two alerts on one check," +
      ` whose test tells ShopDown already → declare another check for it${wayOut}`,
    'datadog-inexpressible production/shop/FrontDown: Datadog can\'t express the check "front", which shop lacks' +
      ` → add it to the checks of shop${wayOut}`,
  ]);
});
