import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "@watchbill/model";
import { stringify } from "yaml";
import { prometheus } from "../../lib/backends/prometheus";
import { type RuleGroup, ruleFile } from "../../lib/backends/prometheus/rule-file";
import { tunedServices } from "../../lib/compile";
import { haste } from "../../lib/rule-tests/promtool";

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
    // All of a service's rules at every step would take most of the time of all tests.
    const files = neededFor(one.alert, groupsOf(environment));
    for (const [name, groups] of Object.entries(files))
      writeFileSync(join(folder, `${name}.rules.yml`), ruleFile(groups));
    writeFileSync(join(folder, "test.yml"), testFile(one));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yml"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...haste },
    });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Groups by the file that they are in. */
type Files = Readonly<Record<string, readonly RuleGroup[]>>;

const made = new WeakMap<Environment, Files>();

function groupsOf(environment: Environment): Files {
  const groups = made.get(environment) ?? prometheus({ environment, services: tunedServices(environment) }).data.groups;
  made.set(environment, groups);
  return groups;
}

type Rule = RuleGroup["rules"][number];

const nameOf = (rule: Rule) => ("alert" in rule ? rule.alert : rule.record);

/** The rules of an alert's name, and all that these read. */
function neededFor(alert: string, files: Files): Files {
  const rules = Object.values(files).flatMap((groups) => groups.flatMap((group) => group.rules));
  const needed = new Set<Rule>();
  const need = (found: readonly Rule[]) => {
    for (const rule of found.filter((one) => !needed.has(one))) {
      needed.add(rule);
      need(rules.filter((one) => rule.expr.includes(nameOf(one))));
    }
  };
  need(rules.filter((rule) => nameOf(rule) === alert));
  const kept = (group: RuleGroup) => ({ ...group, rules: group.rules.filter((rule) => needed.has(rule)) });
  return Object.fromEntries(Object.entries(files).map(([name, groups]) => [name, groups.map(kept)]));
}

const testFile = ({ series, alert, at, fires, interval = "15s" }: RuleCase) =>
  stringify({
    rule_files: ["*.rules.yml"],
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
