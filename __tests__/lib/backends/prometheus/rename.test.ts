import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { days, httpServerMetrics, minutes, objective, percent, type Service } from "@watchbill/model";
import { stringify } from "yaml";
import { prometheus } from "../../../../lib/backends/prometheus";
import { environmentWith, shopWith } from "../../../support/declarations";

const { requests } = httpServerMetrics;
const availability = objective("availability", {
  title: "Answered",
  target: percent(99.9),
  over: days(30),
  indicator: { kind: "events", bad: requests.where({ status: /5../ }), all: requests.where({}) },
});
const shop = (changes: Partial<Service>) => shopWith([], { objectives: [availability], ...changes });

const rulesOf = (service: Service) =>
  prometheus({
    environment: environmentWith([service], { scrapeEvery: minutes(1), evaluateEvery: minutes(1) }),
    services: [service],
  }).files[`prometheus/rules/${service.name}-availability.yml`] as string;

/**
 * Six hours under the old name with a fifth of ten requests a second failing, as its rules have recorded it; then half an
 * hour under the new one with none failing, of which there are raw samples. What `expr` is then.
 */
function complaint(service: Service, job: string, cases: Readonly<Record<string, number>>): string {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-rename-"));
  const old = '{service="tickets",objective="availability",instance="all",job="tickets"}';
  const input = {
    [`slo:events_bad:increase${old}`]: "120x360 _x60",
    [`slo:events_all:increase${old}`]: "600x360 _x60",
    [`slo:events_bad:increase1h${old}`]: "7200x360 _x60",
    [`slo:events_all:increase1h${old}`]: "36000x360 _x60",
    [`http_requests_total{job="${job}",service="${service.name}",instance="a",status="200"}`]: "_x360 0+600x60",
  };
  try {
    writeFileSync(join(folder, "rules.yml"), rulesOf(service));
    const test = {
      rule_files: ["rules.yml"],
      evaluation_interval: "1m",
      tests: [
        {
          interval: "1m",
          input_series: Object.entries(input).map(([series, values]) => ({ series, values })),
          promql_expr_test: Object.entries(cases).map(([expr, value]) => ({
            expr: `round(sum(${expr}), 0.01)`,
            eval_time: "6h30m",
            exp_samples: [{ labels: "{}", value }],
          })),
        },
      ],
    };
    writeFileSync(join(folder, "test.yml"), stringify(test));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yml"], {
      cwd: folder,
      encoding: "utf8",
    });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ratio = (window: string, service: string) => `slo:sli_error:ratio_rate${window}{service="${service}"}`;

test("an objective's ratios go on over a rename, as they would have without one", () => {
  // Half an hour without failures of an hour and of six hours at a fifth.
  expect(
    complaint(shop({ name: "store", formerly: "tickets" }), "tickets", {
      [ratio("1h", "store")]: 0.1,
      [ratio("6h", "store")]: 0.18,
    }),
  ).toBe("");
});

test("without `formerly` they would begin anew: the test above can fail", () => {
  const forgotten = complaint(shop({ name: "store" }), "store", {
    [ratio("1h", "store")]: 0,
    [ratio("6h", "store")]: 0,
  });
  expect(forgotten).toBe("");
});

test("jobs keep the first name, so that windows of raw samples find theirs", () => {
  const service = shop({ name: "store", formerly: ["tickets", "shop"] });
  const { files } = prometheus({ environment: environmentWith([service]), services: [service] });
  expect(files["prometheus/prometheus.yml"]).toContain("job_name: tickets\n");
  expect(rulesOf(service)).toContain('http_requests_total{job="tickets",status=~"5.."}');
});

test("the latest former name is looked at before the older ones", () => {
  const rules = rulesOf(shop({ name: "store", formerly: ["tickets", "shop"] }));
  const [first] = /sum_over_time\(\(.*?\)\)\[/.exec(rules.replaceAll(/\s+/g, " ")) ?? [""];
  expect([...first.matchAll(/service="(\w+)"/g)].map(([, name]) => name)).toEqual(["store", "shop", "tickets"]);
});
