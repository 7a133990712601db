import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as model from "@watchbill/model";
import { environments } from "../../environments";
import { burnAlertId } from "../../lib/conventions";
import { services as team } from "../../services";
import { readQuery } from "../support/promql-syntax";

const root = join(__dirname, "../..");
const services: readonly model.Service[] = [
  ...new Set([...team, ...environments.flatMap((environment) => environment.services)]),
];
const pages = readdirSync(join(root, "runbooks")).sort();
const texts = pages.map((page) => [page, readFileSync(join(root, "runbooks", page), "utf8")] as const);

/** Alerts that a service has, and those that a pack can give to one that asks. */
const declared = services.flatMap(({ watch }) => watch.flatMap((pack) => pack.alerts));
const offered = readdirSync(join(root, "alert-rules")).flatMap((file) =>
  [...readFileSync(join(root, "alert-rules", file), "utf8").matchAll(/\b(?:alert|levels)\("(\w+)"/g)].map(
    ([, id]) => id ?? "",
  ),
);
const burns = services.some(({ objectives }) => objectives.length > 0) ? [burnAlertId(true), burnAlertId(false)] : [];
const pageOf = (runbook: string) => `${runbook}.md`;

test("every alert of every service has its page", () => {
  const wanted = [...declared.map(({ runbook }) => runbook), ...burns.map(model.kebab)].map(pageOf);
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((page) => !pages.includes(page))).toEqual([]);
});

test("no page is orphaned", () => {
  const known = [...declared.map(({ runbook }) => runbook), ...[...offered, ...burns].map(model.kebab)].map(pageOf);
  expect(pages.filter((page) => !known.includes(page))).toEqual([]);
});

const headings = ["What it means", "How bad it is", "Look at first", "Stop the bleeding", "Call"];

/** What stands below each heading. */
const sectionsOf = (text: string) =>
  Object.fromEntries(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n")).trim()]),
  );

const metricsOfModel = Object.values(model)
  .flatMap((group: unknown) => (typeof group === "object" && group !== null ? Object.values(group) : []))
  .filter((value: unknown): value is model.Metric => value instanceof model.Metric);
const metrics = [...metricsOfModel, ...services.flatMap((service) => Object.values(service.metrics))];
const series = new Set([
  "up",
  "ALERTS",
  ...metrics.flatMap(({ name, kind }) =>
    kind === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => name + end) : [name],
  ),
]);
const labelsOf = new Set([
  ...metrics.flatMap(({ labels }) => Object.keys(labels)),
  "alertname",
  "job",
  "instance",
  "le",
  "service",
  "objective",
]);

describe.each(texts)("%s", (page, text) => {
  const sections = sectionsOf(text);

  test("is titled with its alert, and has every heading once, in order, with something below", () => {
    const [, title = ""] = /^# (\w+)\n/.exec(text) ?? [];
    expect(pageOf(declared.find(({ id }) => id === title)?.runbook ?? model.kebab(title))).toBe(page);
    expect([...text.matchAll(/^#{2,} (.*)$/gm)].map(([, heading]) => heading)).toEqual(headings);
    for (const heading of headings) expect(sections[heading]).not.toBe("");
  });

  test("names three things to look at first, each with its query", () => {
    const steps = (sections["Look at first"] ?? "").split(/^(?=\d\. )/m);
    expect(steps.map((step) => step.slice(0, 3))).toEqual(["1. ", "2. ", "3. "]);
    for (const step of steps) expect(step.match(/```promql\n/g)).toHaveLength(1);
  });

  test("asks what Prometheus understands, of series and labels that there are", () => {
    const queries = [...text.matchAll(/```promql\n([^`]+)```/g)].map(([, query]) => query?.trim() ?? "");
    expect(queries).toHaveLength(3);
    for (const query of queries) {
      const { errors, metrics: read } = readQuery(query);
      expect(errors).toEqual([]);
      expect(read.filter((name) => !series.has(name) && !name.startsWith("slo:"))).toEqual([]);
      const labels = [...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => (list ?? "").split(", "));
      expect(labels.filter((label) => !labelsOf.has(label))).toEqual([]);
    }
  });

  test("leads only to pages that there are, and is short enough for three in the morning", () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? "");
    expect(links.filter((target) => !pages.includes(target))).toEqual([]);
    expect(text.split(/\s+/).length).toBeLessThan(400);
  });
});
