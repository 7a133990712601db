import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Environment } from "@watchbill/model";
import { stringify } from "yaml";
import { prometheus } from "../../lib/backends/prometheus";
import { tunedServices } from "../../lib/compile";

/** Input series in promtool's notation (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/). */
export interface RuleCase {
  readonly series: Readonly<Record<string, string>>;
  readonly alert: string;
  /** Evaluation time: `6m`. */
  readonly at: string;
  /** How many alerts of that name fire then. */
  readonly fires: number;
  readonly interval?: string;
}

/** Runs the case on an environment's real rules with `promtool test rules`; its complaint, or nothing. */
export function complaintOf(environment: Environment, one: RuleCase): string {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-rules-"));
  try {
    const { files } = prometheus({ environment, services: tunedServices(environment) });
    mkdirSync(join(folder, "rules"));
    // Only what the alert depends on: promtool evaluates every rule at every step.
    const recordings = /-(availability|latency(-p99)?|payments)\.yml$/;
    const rules = Object.entries(files).filter(
      ([path]) =>
        path.startsWith("prometheus/rules/") && (one.alert.startsWith("ErrorBudget") || !recordings.test(path)),
    );
    for (const [path, content] of rules) writeFileSync(join(folder, "rules", basename(path)), content);
    writeFileSync(join(folder, "test.yml"), testFile(one));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yml"], {
      cwd: folder,
      encoding: "utf8",
    });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const testFile = ({ series, alert, at, fires, interval = "15s" }: RuleCase) =>
  stringify({
    rule_files: ["rules/*.yml"],
    evaluation_interval: interval,
    tests: [
      {
        interval,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: `count by (alertname) (ALERTS{alertname="${alert}",alertstate="firing"})`,
            eval_time: at,
            exp_samples: fires === 0 ? [] : [{ labels: `{alertname="${alert}"}`, value: fires }],
          },
        ],
      },
    ],
  });
