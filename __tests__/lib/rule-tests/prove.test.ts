import {
  above,
  absent,
  alert,
  count,
  givenAtLeast,
  httpServerMetrics,
  increase,
  minutes,
  percent,
  rate,
  ratio,
} from "@watchbill/model";
import { mutate } from "../../../lib/rule-tests/mutation/mutation";
import { dialectHere, runBundles } from "../../../lib/rule-tests/promtool";
import { planProof, prove } from "../../../lib/rule-tests/proof";
import { formatProof } from "../../../lib/rule-tests/report";
import { bundlesOf, subjectsOf } from "../../../lib/rule-tests/subjects";
import { environmentWith, shopWith } from "../../support/declarations";

const { requests } = httpServerMetrics;
const failing = alert("RequestsFailing", {
  when: givenAtLeast(
    count(10, "requests"),
    increase(requests),
    above(ratio(rate(requests.where({ status: /5../ })), rate(requests)), percent(5)),
  ),
  for: minutes(5),
  keepFiring: minutes(5),
  severity: "critical",
  summary: "Requests are failing.",
  description: "{value} of requests fail; the limit is {threshold}.",
});
const silent = alert("NobodyAsks", {
  when: absent(requests),
  for: minutes(1),
  severity: "high",
  summary: "Nobody asks.",
  description: "There are no requests at all.",
});
const services = [shopWith([failing, silent])];
const environment = environmentWith(services);

test("cases that are made from a declaration hold for its rule", async () => {
  const proof = await prove(planProof(environment, services, await dialectHere()), 2);
  expect(formatProof(proof, "1 s")).toBe("2 of 2 alerts proven, 13 of 13 cases (1 s)");
});

test("the moment is exact: with the fourth scrape the window is full, and five minutes later it fires", async () => {
  const subjects = subjectsOf(environment, services, { leftOpen: false });
  const past = subjects[0]?.cases.find(({ kind }) => kind === "past");
  expect(past?.sentence).toBe("5.1% held against > 5%: fires 5m45s after that begins, for 6m");
});

test("a rule that says less than its alert fails, and the failure names the case, the labels and the values", async () => {
  const dialect = await dialectHere();
  const plan = planProof(environment, services, dialect);
  const [subject] = plan.subjects;
  const rule = { ...subject!.rule, expr: subject!.rule.expr.replace("> 0.05", "> 0.06") };
  const proof = await prove({ ...plan, bundles: bundlesOf(environment, subject!, [rule]) }, 2);
  const report = formatProof(proof, "1 s");
  expect(report).toContain("✘ shop/RequestsFailing/past\n      5.1% held against > 5%: fires");
  expect(report).toContain(
    'expected: fires {job="shop", owner="commerce", priority="p0", service="shop", severity="critical"}',
  );
  expect(report).toContain('"5.1% of requests fail; the limit is 5%."');
  expect(report).toContain("got:      nothing fires");
});

test("cases notice each change of a rule", async () => {
  const fates = await mutate(environment, subjectsOf(environment, services, await dialectHere()), 2);
  expect(fates.length).toBeGreaterThan(40);
  expect(fates.filter(({ end }) => end === "survived").map(({ mutant }) => mutant.words)).toEqual([]);
});

test("what promtool can't read is no proof", async () => {
  const [bundle] = bundlesOf(environment, subjectsOf(environment, services, { leftOpen: false })[0]!);
  const broken = { ...bundle!, test: { ...bundle!.test, group_eval_order: ["one", "one"] } };
  await expect(runBundles([broken], 1)).rejects.toThrow(/repeated/);
});
