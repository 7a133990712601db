import {
  above,
  count,
  gauge,
  givenAtLeast,
  hostMetrics,
  increase,
  minutes,
  percent,
  quantile,
  ratio,
  seconds,
  severities,
  sum,
} from "@watchbill/model";
import { environments } from "../../../../environments";
import { datadog } from "../../../../lib/backends/datadog";
import { referenceTo, resolveReferences } from "../../../../lib/backends/datadog/reference";
import { tunedServices, watchFor } from "../../../../lib/compile";
import { readMonitorQuery, readQuery } from "./query-grammar";
import { alarm, environment, errorRatio, metrics, monitorOf, shop, watched } from "./shop";

const watching = environments.filter(({ backends }) => backends.includes("datadog"));
const compiled = (name: string) => {
  const found = watching.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return datadog(watchFor("datadog", { environment: found, services: tunedServices(found) }));
};

test("is not told of a service that says why it does without it", () => {
  const [found] = watching;
  expect(found?.services.find(({ name }) => name === "monitoring")?.except?.datadog).toEqual(expect.any(String));
  const { data, files } = compiled(found?.name ?? "");
  expect(data.monitors.length).toBeGreaterThan(0);
  expect(JSON.stringify([data, Object.keys(files)])).not.toContain("service:monitoring");
});

describe.each(watching.map(({ name }) => name))("what Datadog is given for %s", (name) => {
  const { data, files, diagnostics } = compiled(name);
  const notify = watching.find((one) => one.name === name)?.notify;

  test("says everything", () => {
    expect(diagnostics).toEqual([]);
    expect(data.monitors.length).toBeGreaterThan(0);
    expect(data.dashboards.length).toBeGreaterThan(0);
  });

  test("has queries that parse", () => {
    for (const { type, query, thresholds } of data.monitors) {
      if (type === "query alert") expect(readMonitorQuery(query).threshold).toBe(thresholds?.critical);
      else if (type === "service check")
        expect(query).toMatch(
          /^"\w+\.openmetrics\.health"\.over\("env:\w+","service:[\w-]+"\)\.by\("instance"\)\.last\(\d+\)\.count_by_status\(\)$/,
        );
      else
        expect(query).toMatch(
          type === "composite" ? /^\(?\{monitor:[\w-]+\} && / : /^(burn_rate|error_budget)\("\{objective:/,
        );
    }
    for (const { indicator } of data.objectives) if (indicator.type === "metric") readQuery(indicator.numerator);
    const widgets = JSON.stringify(data.dashboards).matchAll(/"query":"((?:[^"\\]|\\.)*)"/g);
    for (const [, query = ""] of widgets) readQuery(query);
  });

  test("has keys that are each their own, and refers to nothing else", () => {
    const keys = {
      monitor: data.monitors.map(({ key }) => key),
      objective: data.objectives.map(({ key }) => key),
      dashboard: data.dashboards.map(({ key }) => key),
    };
    for (const one of [
      ...Object.values(keys),
      data.downtimes.map(({ key }) => key),
      data.syntheticsTests.map(({ key }) => key),
    ]) {
      expect(new Set(one).size).toBe(one.length);
      expect([...one].sort()).toEqual(one);
      for (const key of one) expect(key).toMatch(/^[A-Za-z][\w-]*$/);
    }
    resolveReferences(JSON.stringify(data), (kind, key) => {
      expect(keys[kind]).toContain(key);
      return "";
    });
  });

  test("calls nobody from a part, and somebody from everything that a severity calls for", () => {
    for (const { key, message, priority, tags } of data.monitors) {
      const isPart = tags.includes("role:part");
      expect([key, priority === undefined]).toEqual([key, isPart]);
      const severity = severities[(priority ?? 1) - 1]!;
      expect([key, message.includes("@")]).toEqual([key, !isPart && (notify?.[severity] ?? []).length > 0]);
      if (!isPart) expect(message).toMatch(/\{\{#is_(alert_)?recovery\}\}/);
    }
  });

  test("composes no monitor of more than ten, nor of another composite one", () => {
    const composite = data.monitors.filter(({ type }) => type === "composite");
    expect(composite.length).toBeGreaterThan(0);
    for (const { query } of composite) {
      const parts = [...query.matchAll(/\{monitor:([\w-]+)\}/g)].map(([, key]) => key);
      expect(parts.length).toBeLessThanOrEqual(10);
      expect(composite.filter(({ key }) => parts.includes(key))).toEqual([]);
    }
  });

  test("recovers at values that can be reached", () => {
    for (const { query, thresholds: { critical = 0, criticalRecovery } = {} } of data.monitors) {
      if (criticalRecovery === undefined) continue;
      expect([query, criticalRecovery > critical]).toEqual([query, query.includes(" < ")]);
      if (query.includes(":100 * ")) expect([query, criticalRecovery <= 100]).toEqual([query, true]);
      expect([query, /_up\{/.test(query)]).toEqual([query, false]);
    }
  });

  test("is written as sorted JSON that ends in a newline, byte for byte the same again", () => {
    expect(compiled(name).files).toEqual(files);
    for (const [path, content] of Object.entries(files)) {
      expect(content.endsWith("\n")).toBe(true);
      expect(content.endsWith("\n\n")).toBe(false);
      if (!path.endsWith(".json")) continue;
      expect(content).toBe(`${JSON.stringify(JSON.parse(content), null, 2)}\n`);
    }
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        "datadog/agent/openmetrics.yaml",
        "datadog/dashboards/tickets-main.json",
        "datadog/downtimes.json",
        "datadog/monitors.json",
        "datadog/objectives.json",
        "datadog/synthetics.json",
      ]),
    );
  });
});

test("no secret, and no name of one, leaves the declarations", () => {
  const { data, files } = watched([alarm(above(errorRatio, percent(1)), { severity: "critical" })], {
    environment: { owners: { commerce: ["incidents"] } },
  });
  const everything = JSON.stringify([data, files]);
  expect(everything).toContain("@pagerduty-shop");
  expect(everything).not.toMatch(/routing-key-file|slack-webhook-file|token-file|incidents\.example\.com/);
});

test("no time can be sped up", () => {
  const services = [shop([])];
  const { diagnostics } = datadog({ environment: environment(services, { lapse: 30 }), services });
  expect(diagnostics.map(({ path, message, hint }) => `${path}: ${message} → ${hint}`)).toEqual([
    "production: Datadog can't express a time lapse of 30 → leave datadog out of the backends of production," +
      " or let its time run as it does",
  ]);
});

test("a reference is put in the place of each of its names", () => {
  const text = `${referenceTo("monitor", "a-b")} && ${referenceTo("dashboard", "C_1")} {other:x} {monitor:1}`;
  expect(resolveReferences(text, (kind, key) => `<${kind} ${key}>`)).toBe(
    "<monitor a-b> && <dashboard C_1> {other:x} {monitor:1}",
  );
});

describe("four monitors that are often written wrong", () => {
  test("a share of errors divides counts of the same minutes, and waits for enough of them", () => {
    const floored = givenAtLeast(count(10, "requests"), increase(metrics.requests), above(errorRatio, percent(5)));
    const [, condition] = watched([alarm(floored, { for: minutes(5) })]).data.monitors;
    const { aggregator, queries, threshold } = readMonitorQuery(condition?.query ?? "");
    expect([aggregator, threshold]).toEqual(["min", 5]);
    expect(new Set(queries.map(({ metric }) => metric))).toEqual(new Set(["shop.http_requests.count"]));
    expect(new Set(queries.flatMap(({ modifiers }) => modifiers))).toEqual(new Set([".as_rate()", ".rollup(sum, 60)"]));
  });

  test("a percentile is one of a distribution, in seconds, and never an average of percentiles", () => {
    const monitor = monitorOf(alarm(above(quantile(0.99, metrics.duration, { over: minutes(10) }), seconds(3))));
    expect(monitor.query).toBe(
      "percentile(last_10m):p99:shop.http_request_duration_seconds{env:production,service:shop} > 3",
    );
  });

  test("a pool is used by all of its processes together", () => {
    const limit = gauge("connections_max", { unit: "connections" });
    const used = ratio(sum(metrics.open), sum(limit));
    expect(readMonitorQuery(monitorOf(alarm(above(used, percent(95)), { for: minutes(5) })).query)).toMatchObject({
      aggregator: "min",
      queries: [{ aggregator: "sum" }, { aggregator: "sum" }],
      threshold: 95,
    });
  });

  test("memory is watched a machine at a time, and a page names which", () => {
    const by = ["instance"] as const;
    const free = ratio(sum(hostMetrics.memoryAvailable, { by }), sum(hostMetrics.memoryTotal, { by }));
    const one = alarm(above(free, percent(90)), { for: minutes(10), description: "{label:instance}" });
    const monitor = monitorOf(one);
    expect(readMonitorQuery(monitor.query).queries.map((query) => query.by)).toEqual([["host"], ["host"]]);
    expect(monitor.message).toContain("{{host.name}}");
  });
});
