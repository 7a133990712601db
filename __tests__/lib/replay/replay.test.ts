import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { randomFrom } from "../../../lib/drills/random";
import { markStale, type Replayed, replay, type Series } from "../../../lib/replay/replay";

const step = 15_000;
const steps = 480;

interface Sampled {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A sample a scrape; a gap; or the end of the series. */
  readonly samples: readonly (number | "_" | "stale")[];
}

/** Scrapes with lost ones, restarts, ends and values that wander across any limit. */
function sampled(
  name: string,
  labels: Record<string, string>,
  random: () => number,
  kind: "counter" | "gauge",
): Sampled {
  let [value, speed, lost, stale] = [0, 0, 0, 0];
  const samples = Array.from({ length: steps }, (): number | "_" | "stale" => {
    if (random() < 0.03) speed = Math.floor(random() * 4);
    if (kind === "gauge") value = Math.max(0, Math.min(20, value + Math.floor(random() * 7) - 3));
    else value = random() < 0.01 ? 0 : value + Math.floor(random() * 10 * speed);
    if (random() < 0.01) lost = Math.floor(random() * 40);
    if (lost-- > 0) return "_";
    if (stale-- > 0) return "_";
    if (random() < 0.01) {
      stale = Math.floor(random() * 20);
      return "stale";
    }
    return value;
  });
  return { name, labels, samples };
}

function seriesOf({ name, labels, samples }: Sampled): Series {
  const kept = samples.flatMap((sample, index) => (sample === "_" ? [] : [{ time: index * step, sample }]));
  const values = Float64Array.from(kept, ({ sample }) => (sample === "stale" ? Number.NaN : Number(sample)));
  for (const [index, { sample }] of kept.entries()) if (sample === "stale") markStale(values, index);
  return { labels: { __name__: name, ...labels }, times: Float64Array.from(kept, ({ time }) => time), values };
}

const selector = (name: string, labels: Readonly<Record<string, string>>) =>
  `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;

const rules = stringify({
  groups: [
    {
      name: "records",
      rules: [
        // Reads what the second rule recorded the evaluation before.
        { record: "job:before:rate1m", expr: "job:requests:rate1m" },
        {
          record: "job:requests:rate1m",
          expr: "sum by (job) (rate(requests_total[1m])) > 0.2",
          labels: { kind: "all" },
        },
        { record: "job:failed:rate1m", expr: "sum by (job) (rate(failed_total[1m]))" },
      ],
    },
    { name: "more", rules: [{ record: "job:requests:avg5m", expr: "avg_over_time(job:requests:rate1m[5m])" }] },
    {
      name: "alerts",
      rules: [
        { alert: "Now", expr: "level > 15" },
        { alert: "Soon", expr: "level > 12", for: "40s", labels: { severity: "warning" } },
        { alert: "Kept", expr: "level > 14", keep_firing_for: "1m" },
        {
          alert: "Both",
          expr: "level > 10",
          for: "30s",
          keep_firing_for: "50s",
          labels: { who: "{{ $labels.instance }}" },
        },
        { alert: "Named", expr: "level > 16 or depth > 17" },
        { alert: "Ratio", expr: "job:failed:rate1m / on (job) job:requests:rate1m > 0.9", for: "1m" },
        { alert: "Grew", expr: "job:requests:rate1m > on (job) 1.2 * job:before:rate1m", for: "15s" },
        { alert: "Slow", expr: "job:requests:avg5m < 0.6", for: "2m" },
        { alert: "Absent", expr: 'absent(level{instance="b"})', for: "5m" },
        { alert: "Silent", expr: "sum by (job) (increase(requests_total[2m])) == 0 or absent(job:requests:avg5m)" },
        { alert: "WhileNow", expr: 'count by (instance) (ALERTS{alertname="Now",alertstate="firing"}) > 0', for: "1m" },
        { alert: "Watchdog", expr: "vector(1) == 1" },
      ],
    },
  ],
});

/** What promtool, with the rules engine itself, has against the alerts that were found. */
function complaint(input: readonly Sampled[], { alerts }: Replayed): string {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-replay-"));
  try {
    writeFileSync(join(folder, "rules.yml"), rules);
    const expectations = Array.from({ length: steps }, (_, index) => {
      const now = index * step;
      const firing = alerts.filter(
        ({ startsAt, endsAt = Number.POSITIVE_INFINITY }) => startsAt <= now && now < endsAt,
      );
      return {
        expr: 'ALERTS{alertstate="firing"}',
        eval_time: `${now / 1000}s`,
        exp_samples: firing.map(({ labels }) => ({
          labels: selector("ALERTS", { ...labels, alertstate: "firing" }),
          value: 1,
        })),
      };
    });
    const test = {
      rule_files: ["rules.yml"],
      evaluation_interval: "15s",
      group_eval_order: ["records", "more", "alerts"],
      tests: [
        {
          interval: "15s",
          input_series: input.map(({ name, labels, samples }) => ({
            series: selector(name, labels),
            values: samples.join(" "),
          })),
          promql_expr_test: expectations,
        },
      ],
    };
    writeFileSync(join(folder, "test.yml"), stringify(test));
    execFileSync("promtool", ["test", "rules", join(folder, "test.yml")], { encoding: "utf8" });
    return "";
  } catch (error) {
    return String((error as { stderr?: string; stdout?: string }).stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each([1, 2, 3, 4])("random samples %d", (seed) => {
  const random = randomFrom(seed);
  const input = [
    sampled("level", { instance: "a" }, random, "gauge"),
    sampled("level", { instance: "b" }, random, "gauge"),
    sampled("depth", { instance: "a" }, random, "gauge"),
    ...["a", "b"].flatMap((job) => [
      sampled("requests_total", { job, instance: "1" }, random, "counter"),
      sampled("requests_total", { job, instance: "2" }, random, "counter"),
      sampled("failed_total", { job, instance: "1" }, random, "counter"),
    ]),
  ];

  test("alerts fire from the very evaluation to the very evaluation that the rules engine has", async () => {
    const replayed = await replay({
      data: input.map(seriesOf),
      rules: [{ name: "rules.yml", text: rules }],
      from: 0,
      to: (steps - 1) * step,
    });
    const names = new Set(replayed.alerts.map(({ labels }) => labels.alertname));
    expect(names.size).toBeGreaterThanOrEqual(10);
    expect(replayed.alerts.length).toBeGreaterThan(30);
    expect(complaint(input, replayed)).toBe("");
  });
});
