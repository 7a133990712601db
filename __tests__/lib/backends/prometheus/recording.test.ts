import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { counter, days, type Expression, hours, increase, type Panel, rate } from "@watchbill/model";
import { stringify } from "yaml";
import { countRecordings, recordedCount } from "../../../../lib/backends/prometheus/recording";
import { ruleFile } from "../../../../lib/backends/prometheus/rule-file";
import { panelOf, shopShowing } from "../../../support/grafana";

const orders = counter("orders_total", { counts: "orders", labels: { status: ["paid", "failed"], shop: ["a", "b"] } });
const showing = (...of: readonly Expression[]) =>
  shopShowing([panelOf(of.map((one) => ({ legend: "", of: one })) as Panel["series"])]);
const rulesOf = (...of: readonly Expression[]) => countRecordings(showing(...of)).rules;

test("a count over more than an hour is recorded in tiles of five minutes, by instance", () => {
  expect(rulesOf(increase(orders, { over: days(7) }))).toEqual([
    {
      record: "job_instance:orders:increase5m",
      expr: 'sum by (job, instance) (increase(orders_total{job="shop"}[5m]))',
    },
  ]);
});

test("one series serves every panel: it keeps the labels that any of them asks for", () => {
  const day = { over: hours(24) };
  expect(rulesOf(increase(orders, { ...day, by: ["shop"] }), increase(orders.where({ status: "paid" }), day))).toEqual([
    {
      record: "job_instance_shop_status:orders:increase5m",
      expr: 'sum by (job, instance, shop, status) (increase(orders_total{job="shop"}[5m]))',
    },
  ]);
});

test("an hour, and rates, are read from raw samples", () => {
  expect(rulesOf(increase(orders, { over: hours(1) }), rate(orders, { over: hours(24) }))).toEqual([]);
});

test("the tiles of a day add up to what raw samples say, across a restart", () => {
  const service = showing(increase(orders, { over: hours(24) }));
  const node = increase(orders, { over: hours(24) }).node;
  if (node.op !== "increase") throw new Error("an increase is one");
  const { series, subquery } = recordedCount(service, node, hours(24))!;
  const folder = mkdtempSync(join(tmpdir(), "watchbill-counts-"));
  try {
    writeFileSync(join(folder, "rules.yml"), ruleFile([countRecordings(service)]));
    writeFileSync(
      join(folder, "test.yml"),
      stringify({
        rule_files: ["rules.yml"],
        tests: [
          {
            interval: "1m",
            input_series: [
              // Ten a minute for 20 hours, a restart, and one a minute for the rest.
              { series: 'orders_total{job="shop",instance="i",status="paid",shop="a"}', values: "0+10x1200 0+1x600" },
            ],
            promql_expr_test: [
              {
                // The last 24 of 26 hours: 1,080 minutes of ten, a restart, and 360 of one; within 1 %.
                expr: `abs(sum(sum_over_time(${series}[${subquery}])) - 11160) < bool 112`,
                eval_time: "26h",
                exp_samples: [{ labels: "{}", value: 1 }],
              },
            ],
          },
        ],
      }),
    );
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yml"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(`${status === 0 ? "" : stdout}${stderr}`).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
