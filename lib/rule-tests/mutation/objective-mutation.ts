import type { Environment, Service } from "@watchbill/model";
import { prometheus } from "../../backends/prometheus";
import { type AlertRule, type RuleGroup, ruleFile, splitGroup } from "../../backends/prometheus/rule-file";
import { objectiveCases } from "../objective-cases";
import { type Bundle, runBundles } from "../promtool";
import { type Trial, testFile } from "../test-file";
import type { Fate } from "./mutation";
import { type RuleMutant, ruleMutants } from "./rule-mutants";

/** An objective's alert: its rule, the rules that record what it reads, and its cases, the short ones first. */
interface Subject {
  readonly path: string;
  readonly rule: AlertRule;
  readonly recordings: readonly RuleGroup[];
  readonly trials: readonly Trial[];
}

interface Living {
  readonly mutant: RuleMutant;
  readonly name: string;
}

/** What is wrong in a lasting tier: its share, its window, how often it has to be seen, its floor. */
const tried: readonly RuleMutant["what"][] = ["threshold", "comparison", "window", "gate", "function"];

/** The stretches of an expression that are lasting tiers; those of burn rates look back over hours, which no case does. */
function lastingTiers(expr: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let from = 0;
  for (const tier of expr.split(/(?<=\)) or (?=\()/)) {
    if (/count_over_time\(slo:sli_error/.test(tier)) found.push([from, from + tier.length]);
    from += tier.length + " or ".length;
  }
  return found;
}

function mutantsOf(rule: AlertRule): readonly RuleMutant[] {
  const tiers = lastingTiers(rule.expr);
  return ruleMutants(rule).filter(
    ({ what, at }) => at !== undefined && tried.includes(what) && tiers.some(([from, to]) => at >= from && at < to),
  );
}

/** Evaluations and events are counted in whole numbers: 6.3 of them are 7. */
function isWhole({ words }: RuleMutant): boolean {
  const [, before, after] = /^>= (\d+) to >= ([\d.]+)$/.exec(words) ?? [];
  return before !== undefined && Math.ceil(Number(after)) === Number(before);
}

/** The alerts of objectives that have lasting tiers. Of those that differ in nothing but names, the first. */
function subjectsOf(environment: Environment, services: readonly Service[]): readonly Subject[] {
  const { groups } = prometheus({ environment, services }).data;
  const found = new Map<string, Subject>();
  for (const service of services) {
    for (const objective of service.objectives) {
      const file = groups[`${service.name}-${objective.id}`] ?? [];
      const rules = file.flatMap((group) => group.rules);
      const recordings = file.map((group) => ({ ...group, rules: group.rules.filter((rule) => !("alert" in rule)) }));
      const trials = [...objectiveCases(environment, service, objective).trials].sort(
        (one, other) => one.evaluations - other.evaluations,
      );
      for (const rule of rules) {
        if (!("alert" in rule) || mutantsOf(rule).length === 0) continue;
        const path = `${service.name}/${objective.id}/${rule.alert}`;
        const key = JSON.stringify(rule.expr).replaceAll(service.name, "").replaceAll(objective.id, "");
        if (!found.has(key)) found.set(key, { path, rule, recordings, trials });
      }
    }
  }
  return [...found.values()];
}

/** One case for all mutants of an alert that nothing has noticed yet: they run side by side, over the same recordings. */
function bundleOf({ path, rule, recordings }: Subject, trial: Trial, living: readonly Living[]): Bundle {
  const mutants = { name: "mutants", rules: living.map(({ mutant, name }) => ({ ...mutant.rule, alert: name })) };
  const groups = [...recordings, mutants].flatMap(splitGroup);
  const expected = trial.expects.filter(({ alert }) => alert === rule.alert);
  const expects = living.flatMap(({ name }) => expected.map((one) => ({ ...one, alert: name })));
  const file = `${path.replaceAll("/", "-")}.yml`;
  return {
    rules: { [file]: ruleFile(groups) },
    test: testFile(
      [file],
      groups.map(({ name }) => name),
      [{ ...trial, expects }],
    ),
  };
}

/** Changes the lasting tiers of objectives' alerts in one thing after another, and tries each mutant on their cases. */
export async function mutateObjectives(
  environment: Environment,
  services: readonly Service[],
  processes: number,
): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  const queue = [...subjectsOf(environment, services)];
  const work = async () => {
    for (let subject = queue.shift(); subject; subject = queue.shift()) fates.push(...(await fatesOf(subject)));
  };
  await Promise.all(Array.from({ length: processes }, work));
  return fates;
}

async function fatesOf(subject: Subject): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  let living: Living[] = [];
  for (const mutant of mutantsOf(subject.rule)) {
    if (isWhole(mutant)) fates.push({ path: subject.path, mutant, end: { same: "evaluations are counted whole" } });
    else living.push({ mutant, name: `Mutant${living.length}` });
  }
  for (const trial of subject.trials) {
    // A rule that can't be evaluated ends its test, so the others are tried again without it.
    for (let again = living.length > 0; again; ) {
      const complaints = new Map(
        (await runBundles([bundleOf(subject, trial, living)], 1)).map((one) => [one.alert, one]),
      );
      for (const { mutant, name } of living) {
        const complaint = complaints.get(name);
        if (!complaint) continue;
        const killedBy = complaint.isBroken ? "evaluation" : (trial.name.split("/").at(-1) ?? "");
        fates.push({ path: subject.path, mutant, end: { killedBy } });
      }
      living = living.filter(({ name }) => !complaints.has(name));
      again = living.length > 0 && [...complaints.values()].some(({ isBroken }) => isBroken);
    }
  }
  return [...fates, ...living.map(({ mutant }): Fate => ({ path: subject.path, mutant, end: "survived" }))];
}
