import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "@watchbill/model";
import { stringify } from "yaml";
import { production } from "../environments/production";
import { prometheus } from "../lib/backends/prometheus";
import { ruleFile } from "../lib/backends/prometheus/rule-file";
import { tunedServices } from "../lib/compile";
import { tickets } from "../services/tickets";
import { alertsInQuiet } from "./quiet-month";
import type { RuleFiles } from "./rule-files";

/** How soon failing requests are told, by the real promtool. */

/** Healthy for so long before they begin to fail, in seconds. */
const healthy = 6 * 3600;
/** Between two scrapes and two evaluations, in seconds. */
const every = 15;

/** What a service has in production that is about failing requests: its pack `http` and its objective `availability`. */
export function failingRules(service: Service): RuleFiles {
  const { data } = prometheus({
    environment: production,
    services: tunedServices({ ...production, services: [service] }),
  });
  const { [service.name]: alerts = [], [`${service.name}-availability`]: objective = [] } = data.groups;
  return {
    "alerts.yml": ruleFile(alerts.filter(({ name }) => name === `${service.name}-http`)),
    "objective.yml": ruleFile(objective),
  };
}

/**
 * A plain rule set to hold ours against, in the shape that generators of multi-window burn-rate alerts give: each window a
 * rate over raw series, pages at 14.4 times the budget over 1 h and 5 m or 6 times over 6 h and 30 m, a ticket at 3 times
 * over 1 d and 2 h or once over 3 d and 6 h.
 */
export function burnRateRules(job: string, budget: number): RuleFiles {
  const windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];
  const ratio = (window: string) =>
    `sum(rate(http_requests_total{job="${job}",status=~"5.."}[${window}])) / sum(rate(http_requests_total{job="${job}"}[${window}]))`;
  const pair = (long: string, short: string, factor: number) =>
    `(ratio:rate${long} > ${factor * budget} and ratio:rate${short} > ${factor * budget})`;
  const alert = (severity: string, expr: string) => ({ alert: `BurnRate${severity}`, expr, labels: { severity } });
  const rules = [
    ...windows.map((window) => ({ record: `ratio:rate${window}`, expr: ratio(window) })),
    alert("critical", `${pair("1h", "5m", 14.4)} or ${pair("6h", "30m", 6)}`),
    alert("warning", `${pair("1d", "2h", 3)} or ${pair("3d", "6h", 1)}`),
  ];
  return { "burn-rate.yml": stringify({ groups: [{ name: "burn-rate", rules }] }) };
}

export interface Failing {
  /** Share of requests. */
  readonly share: number;
  /** Requests a second. Default: 10. */
  readonly rate?: number;
  /** Whether the counter of failures is there before the first of them. Default: it reads 0. */
  readonly seen?: boolean;
  /** How long to wait, in seconds. Default: two hours. */
  readonly for?: number;
}

/** Seconds from the first failure to the first alert of a severity; nothing where there is none. */
export function detection(rules: RuleFiles, severity: string, job: string, failing: Failing): number | undefined {
  const { share, rate = 10, seen = true, for: lasts = 7200 } = failing;
  const folder = mkdtempSync(join(tmpdir(), "watchbill-detection-"));
  try {
    for (const [name, text] of Object.entries(rules)) writeFileSync(join(folder, name), text);
    const [before, after] = [healthy / every, lasts / every];
    const each = rate * every;
    const series = (status: string) =>
      `http_requests_total{job="${job}",instance="a",method="GET",route="/",status="${status}"}`;
    const well = each * before;
    const test = {
      rule_files: Object.keys(rules),
      evaluation_interval: `${every}s`,
      tests: [
        {
          interval: `${every}s`,
          input_series: [
            {
              series: series("200"),
              values: `0+${each}x${before} ${well + each * (1 - share)}+${each * (1 - share)}x${after - 1}`,
            },
            {
              series: series("500"),
              values: `${seen ? `0x${before}` : `_x${before + 1}`} ${each * share}+${each * share}x${after - 1}`,
            },
          ],
          promql_expr_test: [
            {
              expr: `min(min_over_time(timestamp(ALERTS{severity="${severity}",alertstate="firing"})[${lasts}s:${every}s])) - ${healthy}`,
              eval_time: `${healthy + lasts}s`,
              exp_samples: [],
            },
          ],
        },
      ],
    };
    writeFileSync(join(folder, "test.yml"), stringify(test));
    const { stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yml"], { cwd: folder, encoding: "utf8" });
    const told = /\{\} ([\d.E+]+)/.exec(`${stdout}${stderr}`)?.[1];
    if (told === undefined && /error|FAILED/i.test(`${stdout}${stderr}`)) throw new Error(`${stdout}${stderr}`);
    return told === undefined ? undefined : Number(told);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const shares = [1, 0.2, 0.05, 0.02];
const time = (found: number | undefined) => (found === undefined ? "never" : found.toLocaleString("en")).padStart(9);

export async function detectionBench(): Promise<void> {
  const sets = { watchbill: failingRules(tickets), "burn rates alone": burnRateRules("tickets", 0.001) };
  console.log("seconds to the first page, at 10 requests a second of which a share fails, after six healthy hours");
  console.log(
    `  ${"".padEnd(20)}${[...shares, 0.005].map((one) => `${one * 100} %`.padStart(9)).join("")}   (0.5 %: a ticket)`,
  );
  for (const [name, rules] of Object.entries(sets)) {
    const pages = shares.map((share) => detection(rules, "critical", "tickets", { share }));
    const ticket = detection(rules, "warning", "tickets", { share: 0.005 });
    console.log(`  ${name.padEnd(20)}${[...pages, ticket].map(time).join("")}`);
  }
  console.log("pages in a month of nothing but deploys: for 30 s a third of requests fails, twice a day");
  for (const [name, rules] of Object.entries(sets)) {
    for (const peak of [10, 1]) {
      const alerts = await alertsInQuiet(rules, { peak, days: 30, seed: 1 }, "tickets");
      const many = (severity: string) => alerts.filter((one) => one.severity === severity).length;
      console.log(
        `  ${name.padEnd(20)}${`${peak} a second`.padStart(12)}: ${many("critical")} pages, ${many("warning")} tickets`,
      );
    }
  }
  console.log("");
}
