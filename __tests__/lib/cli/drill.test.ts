import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bar } from "../../../lib/cli/progress";
import { repositoryRoot } from "../../../lib/runtime/repository-root";

const watchbill = (...words: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", join(repositoryRoot, "lib/cli/main.ts"), ...words], {
    cwd: repositoryRoot,
    encoding: "utf8",
  });

test("a drill prints its timeline and what it is held against, and succeeds when all is as it should be", () => {
  const { status, stdout, stderr } = watchbill("drill", "total-outage");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toContain("✔ total-outage  No process of the ticket shop answers any more.");
  expect(stdout).toContain("production, Tuesday 10 March 2026, 10:00 Europe/London");
  expect(stdout).toMatch(
    /^ {3}1:45 {2}paged {6}ServiceDown +PagerDuty on-call, Slack #alerts, email team@example\.com$/m,
  );
  expect(stdout).toMatch(/^ {2}✔ ServiceDown pages after 1:45, within 3:00$/m);
  expect(stdout).toMatch(/✔ 1 drill: who should be called is called, and nobody else\. \(\d+\.\d s\)/);
});

test("several drills end with how soon they page, beside the aim", () => {
  const { stdout } = watchbill("drill", "total-outage", "no-sales-by-night");
  expect(stdout).toMatch(
    /✔ 2 drills: .+\n {2}Those that page do so after 1:45 on average; the aim is 5:00 at the most\.\n$/,
  );
});

test("for machines it is JSON and nothing else", () => {
  const { stdout } = watchbill("drill", "total-outage", "--json");
  const [one, ...rest] = JSON.parse(stdout);
  expect(rest).toEqual([]);
  expect(one).toMatchObject({ drill: "total-outage", begins: "2026-03-10T10:00:00.000Z", ok: true });
  expect(one.timeline[0]).toEqual({ seconds: 0, kind: "injected", what: "both processes end", more: "tickets" });
});

test("a drill that does not exist, or not there, is a line each, and nothing is run", () => {
  const { status, stdout, stderr } = watchbill("drill", "redis-down", "nonsense", "--environment", "local");
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(
    stderr
      .trim()
      .split("\n")
      .map((line) => line.replace(/there are .*;/, "…;")),
  ).toEqual([
    "error unknown-drill [redis-down]: local lacks a service of redis-down → …; quiet-month is run by itself",
    'error unknown-drill [nonsense]: there is no drill "nonsense" → …; quiet-month is run by itself',
  ]);
});

test.each(["0", "-1", "many"])("a rate of %s is refused", (rate) => {
  const { status, stderr } = watchbill("drill", "quiet-month", "--rate", rate);
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    "error drill-rate [quiet-month]: the rate is no number above 0 → say how many requests a second there are at the most: --rate 1",
  );
});

test("rules that are to be compared have to be there", () => {
  const { status, stderr } = watchbill("scoreboard", "nowhere.yml");
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    "error rules-missing [nowhere.yml]: there is no such file → name a file of Prometheus rules",
  );
});

test("a bar fills as the work is done", () => {
  expect([0, 0.5, 1, 2].map((share) => bar(share, 4))).toEqual(["····", "██··", "████", "████"]);
  expect(bar(0.375, 4)).toBe("█▌··");
});
