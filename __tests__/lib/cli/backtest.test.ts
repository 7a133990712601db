import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backtest } from "../../../lib/cli/commands/backtest";
import { repositoryRoot } from "../../../lib/runtime/repository-root";
import { temporaryFolder } from "../../support/blocks";
import { gitIn } from "../../support/git";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  jest.spyOn(console, "log").mockImplementation((text: string) => {
    lines.push(...text.split("\n"));
  });
});
afterEach(() => jest.restoreAllMocks());

/** A health check of the shop in Europe/London's winter: it fails from 03:10 to 03:20. */
const midnight = Date.UTC(2026, 0, 5) / 1000;
const samples = Array.from({ length: 24 * 60 * 4 }, (_, index) => {
  const minute = (index / 4) % (24 * 60);
  const up = minute >= 190 && minute < 200 ? 0 : 1;
  return `probe_success{job="tickets-blackbox",check="health",instance="https://tickets.example.com"} ${up} ${midnight + index * 15}\n`;
});
const file = join(temporaryFolder(), "samples.om");
writeFileSync(file, `${samples.join("")}# EOF\n`);
const asked = { data: file, environment: "production" };
const mistake = (from: string, to: string, data = file) =>
  backtest({ data, environment: "production", from, to }).then(
    () => "nothing",
    (error: Error) => error.message,
  );

test("it says what would have fired, when, for how long, and whom it would have called", async () => {
  expect(await backtest({ ...asked, from: "2026-01-05T03:00", to: "2026-01-05T04:00" })).toBe(0);
  expect(lines[0]).toBe("production, 2026-01-05 03:00 to 2026-01-05 04:00 Europe/London");
  expect(lines[1]).toBe(`5,760 samples of ${file}`);
  const fired = lines.filter((line) => /ServiceDown\s+tickets/.test(line));
  expect(fired).toEqual([
    expect.stringMatching(/^01-05 03:11:00 {2}11m .*ServiceDown +tickets +pages PagerDuty on-call, /),
  ]);
  // What keeps symptoms quiet tells nobody, so that nobody reads of it here.
  expect(lines.filter((line) => line.includes("Aftermath"))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^\d+ alerts? fired, \d+ messages? of new trouble, \d+ pages? among them/);
});

test("with a base, it says what the change makes of it", async () => {
  const root = temporaryFolder();
  const rules = join(root, "manifests/production/prometheus/rules/tickets.yml");
  cpSync(join(repositoryRoot, "manifests/production"), join(root, "manifests/production"), { recursive: true });
  const before = readFileSync(rules, "utf8")
    .replace("for: 1m", "for: 5m")
    .replace(
      "- alert: ServiceDown",
      `- { alert: ShopSilent, expr: 'probe_success{job="tickets-blackbox"} < 1' }\n      $&`,
    );
  writeFileSync(rules, before);
  const git = gitIn(root);
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "before");
  expect(await backtest({ ...asked, from: "2026-01-05T03:00", to: "2026-01-05T04:00", base: "HEAD" }, root)).toBe(0);
  const row = (words: string) => lines.filter((line) => line.includes(words));
  expect(row("ServiceDown ")).toEqual([
    expect.stringMatching(/^01-05 03:11:00 {2}11m +ServiceDown +tickets +~ 4m sooner +pages PagerDuty on-call, /),
  ]);
  expect(row("ShopSilent")).toEqual([
    expect.stringMatching(
      /^01-05 03:10:00 {2}10m +ShopSilent https.* - gone +tells Slack #alerts, email team@example\.com$/,
    ),
  ]);
  expect(lines.at(-1)).toMatch(/^so: +0 new, 1 gone, 1 changed, \d+ same/);
});

test("an hour in which nothing is wrong calls nobody about the shop", async () => {
  expect(await backtest({ ...asked, from: "2026-01-05T05:00", to: "2026-01-05T06:00" })).toBe(0);
  expect(lines.filter((line) => line.includes("ServiceDown"))).toEqual([]);
});

test("times that are none, or that the clocks leave out, are told at once", async () => {
  expect(await mistake("yesterday", "2026-03-29T01:30")).toBe(
    [
      'error backtest-time --from yesterday [backtest]: "yesterday" is no moment → write it like 2026-12-25T03:00',
      "error backtest-time --to 2026-03-29T01:30 [backtest]: 2026-03-29 has no 01:30 in Europe/London, where the clocks go forward that day → take 02:00, which comes right after the gap, or give an offset: 2026-03-29T01:30Z",
    ].join("\n"),
  );
  expect(await mistake("2026-01-06", "2026-01-05")).toBe(
    "error backtest-time [backtest]: it ends before it begins → name a later --to",
  );
});

test("a day without samples is one line", async () => {
  expect(await mistake("2026-02-01", "2026-02-02")).toBe(
    `error data-empty [${file}]: nothing is in the time asked for: its samples are from 2026-01-05T00:00Z to 2026-01-05T23:59Z → give other times, or other data`,
  );
});
