// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is how Terraform writes a reference.
import { referenceTo } from "../../lib/backends/datadog/reference";
import type {
  DatadogResourceSet,
  Downtime,
  Monitor,
  ServiceLevelObjective,
} from "../../lib/backends/datadog/resources";
import { DatadogResources, type DatadogResourcesConfig } from "../../stacks/datadog-stack";
import { synthesize } from "../support/synthesize";

const nothing: DatadogResourceSet = {
  monitors: [],
  downtimes: [],
  dashboards: [],
  syntheticsTests: [],
  objectives: [],
  distributions: [],
};
const give = (some: Partial<DatadogResourcesConfig>) =>
  synthesize((scope) => new DatadogResources(scope, "datadog", { ...nothing, ...some }));

const monitor: Monitor = {
  key: "TicketsErrorRatioHigh",
  name: "Tickets: error ratio high",
  type: "query alert",
  query: "sum(last_5m):sum:http.errors{service:tickets}.as_count() > 0",
  message: "{{#is_alert}}failing{{/is_alert}} %{x} @slack-alerts",
  tags: ["service:tickets"],
  priority: 1,
  thresholds: { critical: 0, warning: 0.5 },
  notifyNoData: false,
};
const objective: ServiceLevelObjective = {
  key: "tickets-availability",
  name: "Tickets: availability",
  tags: ["service:tickets"],
  indicator: { type: "metric", numerator: "sum:good{*}.as_count()", denominator: "sum:all{*}.as_count()" },
  thresholds: [{ timeframe: "30d", target: 99.9 }],
};
const downtime: Downtime = {
  key: "database-upgrade",
  scope: "env:production",
  monitors: { tags: ["service:tickets"] },
  schedule: {
    kind: "recurring",
    timezone: "Europe/London",
    recurrences: [{ duration: "2h", rrule: "FREQ=WEEKLY;BYDAY=SU", start: "2026-01-04T02:00:00" }],
  },
};

describe("what Datadog is given", () => {
  test("no key stands in the configuration", () => {
    expect(give({}).provider.datadog).toEqual([{}]);
    expect(give({ apiUrl: "https://api.datadoghq.eu/" }).provider.datadog).toEqual([
      { api_url: "https://api.datadoghq.eu/" },
    ]);
  });

  test("a monitor is known by its key and its text arrives as written", () => {
    expect(give({ monitors: [monitor] }).resource.datadog_monitor).toEqual({
      TicketsErrorRatioHigh: {
        name: "Tickets: error ratio high",
        type: "query alert",
        query: monitor.query,
        message: "{{#is_alert}}failing{{/is_alert}} %%{x} @slack-alerts",
        tags: ["service:tickets"],
        priority: "1",
        monitor_thresholds: { critical: "0", warning: "0.5" },
        notify_no_data: false,
      },
    });
  });

  test("a burn-rate monitor refers to its objective", () => {
    const burn: Monitor = {
      ...monitor,
      key: "TicketsBurnFast",
      type: "slo alert",
      query: `burn_rate("${referenceTo("objective", objective.key)}").over("30d").long_window("1h").short_window("5m") > 14.4`,
    };
    const { resource } = give({ monitors: [burn], objectives: [objective] });
    expect(resource.datadog_monitor?.TicketsBurnFast.query).toBe(
      'burn_rate("${datadog_service_level_objective.tickets-availability.id}").over("30d").long_window("1h").short_window("5m") > 14.4',
    );
  });

  test("a reference to nothing is a mistake of the backend", () => {
    const lost = { ...monitor, query: referenceTo("objective", "gone") };
    expect(() => give({ monitors: [lost] })).toThrow('No Datadog objective has the key "gone"');
  });

  test("a message links to a dashboard", () => {
    const linking = { ...monitor, message: `/dashboard/${referenceTo("dashboard", "tickets-main")}` };
    const { resource } = give({ monitors: [linking], dashboards: [{ key: "tickets-main", json: {} }] });
    expect(resource.datadog_monitor?.[monitor.key].message).toBe(
      "/dashboard/${datadog_dashboard_json.tickets-main.id}",
    );
  });

  test("a renamed monitor is moved", () => {
    const { moved } = give({ monitors: [{ ...monitor, formerly: ["TicketsErrors"] }] });
    expect(moved).toEqual([{ from: "datadog_monitor.TicketsErrors", to: "datadog_monitor.TicketsErrorRatioHigh" }]);
  });

  test("objectives of all three kinds", () => {
    const slices: ServiceLevelObjective = {
      ...objective,
      key: "tickets-latency",
      indicator: {
        type: "time_slice",
        formula: "p95",
        queries: [{ name: "p95", query: "p95:http.duration{service:tickets}" }],
        comparator: "<=",
        threshold: 0.5,
        queryIntervalSeconds: 300,
      },
    };
    const watched: ServiceLevelObjective = {
      ...objective,
      key: "tickets-quiet",
      indicator: { type: "monitor", monitors: [monitor.key] },
    };
    const { resource } = give({ monitors: [monitor], objectives: [objective, slices, watched] });
    const objectives = resource.datadog_service_level_objective;
    expect(objectives?.["tickets-availability"]).toMatchObject({
      type: "metric",
      query: { numerator: "sum:good{*}.as_count()", denominator: "sum:all{*}.as_count()" },
      thresholds: [{ timeframe: "30d", target: 99.9 }],
    });
    expect(objectives?.["tickets-latency"].sli_specification).toEqual({
      time_slice: {
        comparator: "<=",
        threshold: 0.5,
        query_interval_seconds: 300,
        query: {
          formula: { formula_expression: "p95" },
          query: [
            { metric_query: { data_source: "metrics", name: "p95", query: "p95:http.duration{service:tickets}" } },
          ],
        },
      },
    });
    expect(objectives?.["tickets-quiet"].monitor_ids).toEqual(["${datadog_monitor.TicketsErrorRatioHigh.id}"]);
  });

  test("downtimes by tags and for one monitor, once and again", () => {
    const once: Downtime = {
      ...downtime,
      key: "once",
      monitors: { monitor: monitor.key },
      schedule: { kind: "one-time", start: "2026-12-24T22:00:00Z", end: "2026-12-25T02:00:00Z" },
    };
    const { resource } = give({ monitors: [monitor], downtimes: [downtime, once] });
    expect(resource.datadog_downtime_schedule?.["database-upgrade"]).toEqual({
      scope: "env:production",
      monitor_identifier: { monitor_tags: ["service:tickets"] },
      recurring_schedule: {
        timezone: "Europe/London",
        recurrence: [{ duration: "2h", rrule: "FREQ=WEEKLY;BYDAY=SU", start: "2026-01-04T02:00:00" }],
      },
    });
    expect(resource.datadog_downtime_schedule?.once).toEqual({
      scope: "env:production",
      monitor_identifier: { monitor_id: "${datadog_monitor.TicketsErrorRatioHigh.id}" },
      count: '${timecmp(plantimestamp(), "2026-12-25T02:00:00Z") < 0 ? 1 : 0}',
      one_time_schedule: {
        start: '${timecmp(plantimestamp(), "2026-12-24T22:00:00Z") < 0 ? "2026-12-24T22:00:00Z" : null}',
        end: "2026-12-25T02:00:00Z",
      },
    });
  });

  test("a downtime that ends some day is moved as a whole, and one without an end is there for good", () => {
    const renamed: Downtime = {
      ...downtime,
      key: "once",
      formerly: ["first"],
      schedule: { kind: "one-time", start: "2026-12-24T22:00:00Z" },
    };
    const { resource, moved } = give({ downtimes: [renamed] });
    expect(moved).toEqual([{ from: "datadog_downtime_schedule.first", to: "datadog_downtime_schedule.once" }]);
    expect(resource.datadog_downtime_schedule?.once).not.toHaveProperty("count");
  });

  test("a synthetics test", () => {
    const { resource } = give({
      syntheticsTests: [
        {
          key: "tickets-front",
          name: "Tickets: front page",
          subtype: "http",
          status: "live",
          message: "@pagerduty",
          tags: [],
          locations: ["aws:eu-west-1"],
          request: { method: "GET", url: "https://tickets.example.com", port: 443, timeout: 10 },
          assertions: [
            { type: "statusCode", operator: "is", target: 200 },
            {
              type: "body",
              operator: "validatesJSONPath",
              jsonPath: { path: "$.status", operator: "is", value: "ok" },
            },
          ],
          options: { tickEvery: 60, retry: { count: 1, interval: 300 }, renotifyInterval: 0 },
        },
      ],
    });
    expect(resource.datadog_synthetics_test?.["tickets-front"]).toMatchObject({
      type: "api",
      request_definition: { method: "GET", url: "https://tickets.example.com", port: "443", timeout: 10 },
      assertion: [
        { type: "statusCode", operator: "is", target: "200" },
        {
          type: "body",
          operator: "validatesJSONPath",
          targetjsonpath: { jsonpath: "$.status", operator: "is", targetvalue: "ok" },
        },
      ],
      options_list: { tick_every: 60, retry: { count: 1, interval: 300 }, monitor_options: { renotify_interval: 0 } },
    });
  });

  test("a dashboard is JSON in which objectives are referred to", () => {
    const json = { title: "Tickets ${x}", widgets: [{ slo_id: referenceTo("objective", objective.key) }] };
    const { resource } = give({ objectives: [objective], dashboards: [{ key: "tickets-main", json }] });
    expect(resource.datadog_dashboard_json?.["tickets-main"].dashboard).toBe(
      '{"title":"Tickets $${x}","widgets":[{"slo_id":"${datadog_service_level_objective.tickets-availability.id}"}]}',
    );
  });

  test("a distribution keeps its percentiles, and what reads it comes after it, and after no other", () => {
    const distribution = (key: string) => ({
      key,
      metric: `${key}.seconds`,
      tags: ["env", "route"],
      percentiles: true,
    });
    const reading = (key: string, metric: string): ServiceLevelObjective => ({
      ...objective,
      key,
      indicator: {
        type: "metric",
        numerator: `count(v: v<=1):${metric}{*}.as_count()`,
        denominator: "sum:all{*}.as_count()",
      },
    });
    const slow = { ...monitor, key: "Slow", query: "percentile(last_5m):p95:shop.seconds{*} > 2" };
    const { resource } = give({
      objectives: [objective, reading("fast", "shop.seconds"), reading("faster", "bar.seconds")],
      monitors: [monitor, slow],
      distributions: [distribution("shop"), distribution("bar")],
    });
    expect(resource.datadog_metric_tag_configuration?.shop).toEqual({
      metric_name: "shop.seconds",
      metric_type: "distribution",
      tags: ["env", "route"],
      include_percentiles: true,
    });
    const after = (type: string) =>
      Object.fromEntries(Object.entries(resource[type] ?? {}).map(([key, one]) => [key, one.depends_on]));
    expect(after("datadog_service_level_objective")).toEqual({
      "tickets-availability": undefined,
      fast: ["datadog_metric_tag_configuration.shop"],
      faster: ["datadog_metric_tag_configuration.bar"],
    });
    expect(after("datadog_monitor")).toEqual({
      TicketsErrorRatioHigh: undefined,
      Slow: ["datadog_metric_tag_configuration.shop"],
    });
  });
});
