import type { Environment } from "@watchbill/model";
import type { AlertRule } from "../../backends/prometheus/rule-file";
import type { Kind } from "../case";
import { runBundles } from "../promtool";
import { bundlesOf, type Subject } from "../subjects";
import { equivalence } from "./equivalent";
import { type RuleMutant, ruleMutants } from "./rule-mutants";

/** What became of one mutant. */
export interface Fate {
  /** Whose rule it is: `tickets/PaymentFailureRatioHigh`. */
  readonly path: string;
  readonly mutant: RuleMutant;
  /** What it failed; or why no case can tell it from its rule; or that nothing noticed it. */
  readonly end: { readonly killedBy: string } | { readonly same: string } | "survived";
}

/** Those that notice most come first; most mutants never see the others. */
const rounds: readonly (readonly Kind[])[] = [
  ["past", "always"],
  ["within", "limit", "floor", "enough"],
  ["gone", "never", "births", "short"],
  ["scrapes", "restart", "hours"],
];

interface Living {
  readonly subject: Subject;
  readonly mutant: RuleMutant;
  readonly name: string;
}

const pathOf = ({ service, alert }: Subject) => `${service.name}/${alert.id}`;

/**
 * Changes each rule in one thing after another, and tries each mutant on the cases of its alert. Mutants of an alert run
 * side by side, under names of their own, over the same series.
 */
export async function mutate(
  environment: Environment,
  subjects: readonly Subject[],
  processes: number,
  progress: (round: number, of: number, left: number) => void = () => {},
): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  let living: Living[] = [];
  for (const subject of subjects) {
    for (const mutant of ruleMutants(subject.rule)) {
      const same = equivalence(subject, mutant);
      if (same !== undefined) fates.push({ path: pathOf(subject), mutant, end: { same } });
      else living.push({ subject, mutant, name: `${subject.alert.id}Mutant${living.length}` });
    }
  }
  for (const [index, kinds] of rounds.entries()) {
    progress(index + 1, rounds.length, living.length);
    const killed = await killedIn(environment, living, kinds, processes);
    for (const one of living) {
      const killedBy = killed.get(one);
      if (killedBy !== undefined) fates.push({ path: pathOf(one.subject), mutant: one.mutant, end: { killedBy } });
    }
    living = living.filter((one) => !killed.has(one));
  }
  return [...fates, ...living.map(({ subject, mutant }): Fate => ({ path: pathOf(subject), mutant, end: "survived" }))];
}

/** A rule that can't be evaluated ends its test, so the others are tried again without it. */
async function killedIn(
  environment: Environment,
  living: readonly Living[],
  kinds: readonly Kind[],
  processes: number,
): Promise<ReadonlyMap<Living, string>> {
  const killed = new Map<Living, string>();
  let untried = groupsOf(living);
  while (untried.length > 0) {
    const bundles = untried.flatMap((group) => {
      const { subject } = group[0]!;
      const cases = subject.cases.filter(({ kind }) => kinds.includes(kind));
      const rules = group.map(({ mutant, name }): AlertRule => ({ ...mutant.rule, alert: name }));
      return cases.length === 0 ? [] : bundlesOf(environment, { ...subject, cases }, rules);
    });
    const complaints = new Map((await runBundles(bundles, processes)).map((one) => [one.alert, one]));
    const next: (readonly Living[])[] = [];
    for (const group of untried) {
      for (const one of group) {
        const complaint = complaints.get(one.name);
        if (complaint) killed.set(one, complaint.isBroken ? "evaluation" : (complaint.trial.split("/").at(-1) ?? ""));
      }
      const left = group.filter((one) => !killed.has(one));
      if (left.length > 0 && group.some(({ name }) => complaints.get(name)?.isBroken)) next.push(left);
    }
    untried = next;
  }
  return killed;
}

function groupsOf(living: readonly Living[]): readonly (readonly Living[])[] {
  const groups = new Map<Subject, Living[]>();
  for (const one of living) groups.set(one.subject, [...(groups.get(one.subject) ?? []), one]);
  return [...groups.values()];
}
