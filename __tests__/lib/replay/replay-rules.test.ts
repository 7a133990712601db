import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { markStale, type RuleText, replay, type Series, writeSamples } from "../../../lib/replay/replay";
import { samplesFrom } from "../../../lib/replay/sources/source";
import { ourBlock, temporaryFolder } from "../../support/blocks";

const minute = 60_000;
const start = Date.UTC(2026, 0, 5);
const every = (step: number, many: number, value: (index: number) => number, labels = {}): Series => ({
  labels: { __name__: "level", ...labels },
  times: Float64Array.from({ length: many }, (_, index) => start + index * step),
  values: Float64Array.from({ length: many }, (_, index) => value(index)),
});
const rules = (groups: string): readonly RuleText[] => [{ name: "rules.yml", text: `groups:\n${groups}` }];
const mistake = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: Error) => error.message,
  );
/** An hour, of which the minutes 20 to 30 are high. */
const level = every(15_000, 240, (index) => (index >= 80 && index < 120 ? 1 : 0), { job: "a" });
const hour = { data: [level], from: start, to: start + 60 * minute };

test("a group is evaluated at its own interval, and holds and keeps by that", async () => {
  const { alerts } = await replay({
    ...hour,
    rules: rules(`
  - {name: fast, rules: [{alert: Fast, expr: level == 1, for: 1m}]}
  - {name: slow, interval: 4m, rules: [{alert: Slow, expr: level == 1, for: 1m, keep_firing_for: 1m}]}`),
  });
  const at = (minutes: number) => start + minutes * minute;
  // Evaluations are at multiples of 4 minutes since 1970, of which midnight is one: 20 and 24 see it, 32 does not.
  expect(alerts).toEqual([
    { labels: { alertname: "Fast", job: "a" }, startsAt: at(21), endsAt: at(30) },
    { labels: { alertname: "Slow", job: "a" }, startsAt: at(24), endsAt: at(36) },
  ]);
});

test("external labels are added, and the alert's own labels win", async () => {
  const { alerts } = await replay({
    ...hour,
    rules: rules(
      "  - {name: g, rules: [{alert: A, expr: level == 1, labels: {environment: its own}, annotations: {summary: 'Of {{ $labels.job }}.'}}]}",
    ),
    externalLabels: { environment: "production", region: "eu" },
  });
  expect(alerts.map(({ labels, annotations }) => ({ labels, annotations }))).toEqual([
    {
      labels: { alertname: "A", job: "a", environment: "its own", region: "eu" },
      annotations: { summary: "Of a." },
    },
  ]);
});

test("what others look back on is recorded from before the beginning", async () => {
  const recorded = rules(`
  - name: g
    rules:
      - {record: job:level, expr: level}
      - {alert: Remembered, expr: "max_over_time(job:level[10m]) == 1"}`);
  const { alerts } = await replay({ ...hour, from: start + 35 * minute, rules: recorded });
  expect(alerts).toEqual([
    { labels: { alertname: "Remembered", job: "a" }, startsAt: start + 35 * minute, endsAt: expect.any(Number) },
  ]);
});

test("an alert that is pending at the beginning fires when it would have", async () => {
  const { alerts } = await replay({
    ...hour,
    from: start + 22 * minute,
    rules: rules("  - {name: g, rules: [{alert: A, expr: level == 1, for: 5m}, {alert: Over, expr: level == 0}]}"),
  });
  expect(alerts.find(({ labels }) => labels.alertname === "A")?.startsAt).toBe(start + 25 * minute);
});

test("series that a rule records are not taken from the data", async () => {
  const theirs: Series = { ...level, labels: { __name__: "job:level", job: "a" } };
  const other: Series = { ...level, labels: { __name__: "job:level", job: "b", of: "somebody else" } };
  const { alerts } = await replay({
    ...hour,
    data: [level, theirs, other],
    rules: rules(`
  - name: g
    rules:
      - {record: job:level, expr: 0 * level, labels: {of: us}}
      - {alert: A, expr: "job:level == 1"}`),
  });
  expect(alerts.map(({ labels }) => labels)).toEqual([
    { alertname: "A", job: "a" },
    { alertname: "A", job: "b", of: "somebody else" },
  ]);
});

test("samples on disk are replayed as often as one likes, and nothing of one replay is seen by the next", async () => {
  const samples = await writeSamples([level]);
  const fires = async (groups: string) =>
    (await replay({ ...hour, data: samples, rules: rules(groups) })).alerts.length;
  try {
    expect(await fires("  - {name: g, rules: [{record: r, expr: level}, {alert: A, expr: r == 1}]}")).toBe(1);
    expect(await fires("  - {name: g, rules: [{alert: A, expr: r == 1}]}")).toBe(0);
  } finally {
    samples.remove();
  }
});

test("the cost of rules is told by what an evaluation touches, at the group's interval", async () => {
  const { costs, samplesADay } = await replay({
    ...hour,
    rules: rules(`
  - {name: g, rules: [{record: r, expr: "avg_over_time(level[5m])"}]}
  - {name: h, interval: 1m, rules: [{record: s, expr: "max_over_time(r[10m])"}]}`),
    costMoments: 4,
  });
  // 20 or 21, as a window's first moment counts or not.
  expect(costs.map(({ rule, samples }) => [rule.name, Math.round(samples / 20)])).toEqual([
    ["r", 1],
    ["s", 2],
  ]);
  expect(samplesADay).toBe(costs[0]!.samples * 5760 + costs[1]!.samples * 1440);
});

describe("what is wrong with rules is one line", () => {
  test("promtool refuses them: every file", async () => {
    const files = [
      ...rules("  - {name: g, rules: [{alert: A, expr: level ==}]}"),
      { name: "right.yml", text: "groups: []" },
      { name: "empty.yml", text: "groups: [{rules: []}]" },
    ];
    expect(await mistake(replay({ ...hour, rules: files }))).toBe(
      [
        'error rules-refused [rules.yml]: promtool refuses the rules: 2:40: group "g", rule 1, "A": could not parse expression: 1:9: parse error: unexpected end of input → mend the file',
        "error rules-refused [empty.yml]: promtool refuses the rules: 1:10: Groupname must not be empty → mend the file",
      ].join("\n"),
    );
  });

  test("they read themselves", async () => {
    const circle =
      "  - {name: g, rules: [{record: a, expr: b}, {record: b, expr: a or level}, {alert: A, expr: b > 1}]}";
    expect(await mistake(replay({ ...hour, rules: rules(circle) }))).toBe(
      [
        "error rules-circular [rules.yml/g/b]: b reads what it records itself, so that it can't be evaluated over all times at once → leave its file out, or name what it reads otherwise",
        "error rules-circular [rules.yml/g/a]: a reads what it records itself, so that it can't be evaluated over all times at once → leave its file out, or name what it reads otherwise",
      ].join("\n"),
    );
  });

  test("Prometheus can't evaluate one at times: it counts as without a result then, and as itself else", async () => {
    // Of two series with one job the sum has no sense; the second is there from minute 10 to 14.
    const other = every(15_000, 16, () => 1, { job: "a", instance: "1" });
    const late = { ...other, times: other.times.map((time) => time + 10 * minute) };
    markStale(late.values, 15);
    const many = "  - {name: g, rules: [{alert: A, expr: level * on (job) level < 1}]}";
    const { alerts, failures } = await replay({ ...hour, data: [level, late], rules: rules(many) });
    expect(failures.map(formatDiagnostic)).toEqual([
      expect.stringMatching(
        /^warning rule-failed \[rules\.yml\/g\/A\]: Prometheus can't evaluate A at times, and has no result of it then: found duplicate series for the match group \{job="a"\}.* → mend its expression, or what it reads$/,
      ),
    ]);
    const spans = alerts.map(({ startsAt, endsAt = Number.NaN }) =>
      [startsAt, endsAt].map((at) => (at - start) / minute),
    );
    expect(spans).toEqual([
      [0, 10],
      [13.75, 20],
      [30, Number.NaN],
    ]);
  });

  test("chunks of a block are damaged", async () => {
    const folder = temporaryFolder();
    cpSync(ourBlock([level]), folder, { recursive: true });
    const chunks = join(folder, readdirSync(folder)[0]!, "chunks", "000001");
    const bytes = readFileSync(chunks);
    bytes[40]! ^= 255;
    writeFileSync(chunks, bytes);
    const data = await samplesFrom(folder, { raw: [], lead: 0, from: hour.from, to: hour.to });
    const words = await mistake(
      replay({ ...hour, data, rules: rules("  - {name: g, rules: [{alert: A, expr: level == 1}]}") }),
    );
    expect(words).toMatch(
      /^error samples-damaged \[rules\.yml\/g\/A\]: a block is damaged: .*checksum mismatch.* → take another copy of it$/,
    );
  });
});
