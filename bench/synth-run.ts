import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Monitor } from "@cdktf/provider-datadog/lib/monitor";
import { DatadogProvider } from "@cdktf/provider-datadog/lib/provider";
import { App, TerraformStack } from "cdktf";
import { compile } from "../lib/compile";
import { Dashboard } from "../lib/providers/grafana/dashboard";
import { GrafanaProvider } from "../lib/providers/grafana/provider";
import { withCheapTraces } from "../stacks/cheap-traces";
import { DatadogResources } from "../stacks/datadog-stack";
import { GrafanaResources } from "../stacks/grafana-stack";
import { IndependentStack } from "../stacks/independent-stack";
import { estate, runbooks } from "./estate";

/**
 * Synthesizes the monitors and dashboards of so many services, as this project does or with nothing but CDKTF, in a
 * process of its own; says in JSON what that took on top of compiling.
 */
const [, , way, size] = process.argv;
const { data } = compile(estate(Number(size)), { runbooks } as Parameters<typeof compile>[1]);
const { datadog, grafana } = data;
if (!datadog || !grafana) throw new Error("nothing was compiled");
const monitors = datadog.monitors.filter(({ type }) => type === "query alert");
const outdir = mkdtempSync(join(tmpdir(), "watchbill-synth-"));

function ours(): void {
  withCheapTraces(() => {
    const app = new App({ outdir });
    const stack = new IndependentStack(app, "estate");
    const nothing = { downtimes: [], dashboards: [], syntheticsTests: [], objectives: [], distributions: [] };
    new DatadogResources(stack, "datadog", { monitors, ...nothing });
    if (grafana) new GrafanaResources(stack, "grafana", grafana);
    app.synth();
  });
}

function bare(): void {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "estate");
  new DatadogProvider(stack, "datadog");
  new GrafanaProvider(stack, "grafana");
  for (const { key, name, type, query, message, priority, tags, thresholds } of monitors) {
    new Monitor(stack, `monitor-${key}`, {
      name,
      type,
      query,
      message,
      priority: String(priority),
      tags: [...tags],
      monitorThresholds: { critical: String(thresholds?.critical) },
    });
  }
  for (const { uid, title, json } of grafana?.dashboards ?? []) {
    new Dashboard(stack, `dashboard-${uid}`, { configJson: JSON.stringify({ ...json, uid, title }), overwrite: true });
  }
  app.synth();
}

const start = process.hrtime.bigint();
if (way === "bare") bare();
else ours();
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
rmSync(outdir, { recursive: true });
const resources = monitors.length + grafana.dashboards.length;
console.log(JSON.stringify({ resources, seconds, memory: process.resourceUsage().maxRSS / 1024 }));
