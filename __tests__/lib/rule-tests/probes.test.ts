import { days, hours, minutes, percent, uptimeCheck } from "@watchbill/model";
import { uptimeObjective } from "../../../alert-rules/objectives";
import { dialectHere } from "../../../lib/rule-tests/promtool";
import { planProof, prove } from "../../../lib/rule-tests/proof";
import { environmentWith, shopWith } from "../../support/declarations";

const usual = uptimeObjective({ target: percent(99.9), over: days(30) });
/** A tier that is quick enough to be tried. */
const paging = {
  ...usual,
  tiers: [{ long: hours(1), short: minutes(10), factor: 14.4, pages: true }],
};
const services = [shopWith([], { objectives: [paging], checks: [uptimeCheck("health", { path: "/health" })] })];
const environment = environmentWith(services);

test("an objective of checks is tried just past its limit, below it, and with a check that is missing", async () => {
  const proof = await prove(planProof(environment, services, await dialectHere()), 1);
  expect(proof.failures).toEqual([]);
  expect(proof.cases).toBe(4);
  expect(proof.uncovered).toEqual([
    { trial: "shop/uptime/floor", why: "checks come at their own pace: it is held against the tiers' windows" },
  ]);
});

test.each([
  ["results of all checks", /,check="health"/g, ""],
  ["a higher limit", / > 0\.0144/g, " > 0.016"],
  ["results that passed for those that failed", / - on \(job\) .*/g, " * 0.5"],
])("a rule with %s fails its cases", async (_, from, to) => {
  const plan = planProof(environment, services, await dialectHere());
  const bundles = plan.bundles.map((bundle) => ({
    ...bundle,
    rules: Object.fromEntries(Object.entries(bundle.rules).map(([name, text]) => [name, text.replace(from, to)])),
  }));
  const { failures } = await prove({ ...plan, bundles }, 1);
  expect(failures.map(({ trial }) => trial)).not.toEqual([]);
});

test("tickets that take half a day to come are left to weeks of data, and say so", async () => {
  const shop = shopWith([], { ...services[0], objectives: [usual] });
  const { uncovered } = planProof(environmentWith([shop]), [shop], await dialectHere());
  expect(uncovered.map(({ trial, why }) => `${trial}: ${why}`).slice(0, 2)).toEqual([
    "shop/uptime/past 0.3% ticket: takes 12 h to fire, which is longer than a case lasts",
    "shop/uptime/past 0.1% ticket: takes 36 h to fire, which is longer than a case lasts",
  ]);
});
