import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Drill, formatDiagnostic } from "@watchbill/model";
import { drills } from "../../drills";
import { quietMonth } from "../../drills/quiet-month";
import { usual } from "../../drills/usual";
import { production } from "../../environments/production";
import { staging } from "../../environments/staging";
import { drillMistakes } from "../../lib/drills/mistakes";
import { repositoryRoot } from "../../lib/runtime/repository-root";
import { services } from "../../services";

const room = join(repositoryRoot, "drills");

test.each([production, staging])("nothing is wrong with the drills in $name", (environment) => {
  expect(drillMistakes([...drills, quietMonth], environment).map(formatDiagnostic)).toEqual([]);
});

test("each file of drills/ is a drill of its own name that is listed", () => {
  const files = readdirSync(room).filter((file) => file.endsWith(".ts"));
  const named = files.map((file) => file.slice(0, -".ts".length)).filter((name) => !["index", "usual"].includes(name));
  expect([...drills.map(({ name }) => name), quietMonth.name].sort()).toEqual(named.sort());
  expect(drills.length).toBeGreaterThanOrEqual(12);
});

test("each says in a sentence what it is about, and each phase in words what happens", () => {
  for (const { title, happens } of drills) {
    expect(title).toMatch(/^[A-Z].*\.$/);
    for (const { what } of happens) expect(what).toMatch(/^\S.*[^.]$/);
  }
});

const severityOf = ({ pages }: Drill) =>
  pages.flatMap(({ service, alerts }) =>
    service.watch.flatMap((pack) =>
      pack.alerts.filter(({ id }) => alerts.includes(id)).map(({ severity }) => severity),
    ),
  );

test("whoever is woken is woken within three minutes, by an alert that is critical", () => {
  const waking = drills.filter(({ pages }) => pages.length > 0);
  expect(waking.length).toBeGreaterThanOrEqual(5);
  for (const one of waking) {
    // That nobody looks any more is told once a restart would long be over: nothing is known to be broken.
    for (const { service, within } of one.pages)
      expect(within.value).toBeLessThanOrEqual(service.name === "monitoring" ? 420 : 180);
    if (severityOf(one).length > 0) expect(severityOf(one)).toContain("critical");
  }
});

test("some drills must wake nobody at all", () => {
  const calm = drills.filter(({ pages, tells }) => pages.length === 0 && tells.length === 0).map(({ name }) => name);
  expect(calm).toEqual(expect.arrayContaining(["deploy", "no-sales-by-night", "marketing-peak"]));
});

test("the quiet month is thirty days of all services, each with two deploys a day", () => {
  expect(quietMonth.watched.value).toBe(30 * 86_400);
  const deploys = quietMonth.happens.filter(({ what }) => what.startsWith("the deploy"));
  expect(deploys.map(({ times }) => times)).toEqual(services.flatMap(() => [30, 30]));
  expect(new Set(deploys.map(({ service }) => service.name)).size).toBe(services.length);
});

test("no metric is said twice to be usual", () => {
  const metrics = usual.map(({ metric }) => metric);
  expect(metrics.filter((metric, index) => metrics.indexOf(metric) !== index)).toEqual([]);
});

test("what weighs as a share of the whole adds up to it", () => {
  for (const { metric, reads, labels } of usual) {
    if (reads.kind === "level") continue;
    for (const [label, weights] of Object.entries(labels)) {
      const sum = Object.values(weights).reduce((all, one) => all + one, 0);
      expect([metric.name, label, sum]).toEqual([metric.name, label, expect.closeTo(1, 6)]);
    }
  }
});

test("promtool takes the rules that were written by hand", () => {
  const files = readdirSync(join(room, "handwritten"))
    .filter((file) => file.endsWith(".yml"))
    .map((file) => join(room, "handwritten", file));
  expect(files.length).toBe(2);
  expect(execFileSync("promtool", ["check", "rules", ...files], { encoding: "utf8" })).toContain("SUCCESS");
});
