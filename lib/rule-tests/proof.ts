import type { Environment, Service } from "@watchbill/model";
import { prometheus } from "../backends/prometheus";
import { ruleFile, splitGroup } from "../backends/prometheus/rule-file";
import { doubtOf } from "./meaning";
import { objectiveCases } from "./objective-cases";
import { type Bundle, type Complaint, runBundles } from "./promtool";
import type { Dialect } from "./reckoning/window-functions";
import { bundlesOf, type Subject, subjectsOf, trialName } from "./subjects";
import { testFile } from "./test-file";

/** A case that went otherwise, or that the declaration itself contradicts. */
export interface Failure {
  /** `tickets/HttpErrorRatioHigh/past`. */
  readonly trial: string;
  readonly sentence: string;
  readonly complaints: readonly Complaint[];
  readonly doubt?: string;
}

export interface Proof {
  readonly subjects: readonly Subject[];
  readonly alerts: number;
  readonly cases: number;
  readonly failures: readonly Failure[];
  /** `tickets/SalesStopped: exactly at its limit`, each with the reason. */
  readonly uncovered: readonly { readonly trial: string; readonly why: string }[];
}

/** What is to be tried of an environment's services: sentences and doubts by trial, and promtool's files. */
export interface Plan {
  readonly subjects: readonly Subject[];
  readonly alerts: number;
  readonly trials: ReadonlyMap<string, { readonly sentence: string; readonly doubt?: string }>;
  readonly bundles: readonly Bundle[];
  readonly uncovered: Proof["uncovered"];
}

/** Makes every case, of declared alerts and of those that objectives derive. */
export function planProof(environment: Environment, services: readonly Service[], dialect: Dialect): Plan {
  const subjects = subjectsOf(environment, services, dialect);
  const trials = new Map<string, { readonly sentence: string; readonly doubt?: string }>();
  const uncovered: { trial: string; why: string }[] = [];
  for (const subject of subjects) {
    const path = `${subject.service.name}/${subject.alert.id}`;
    for (const one of subject.cases) {
      const doubt = doubtOf(one, subject.alert);
      trials.set(trialName(subject, one), { sentence: one.sentence, ...(doubt !== undefined && { doubt }) });
    }
    for (const { kind, why } of subject.uncovered) uncovered.push({ trial: `${path}/${kind}`, why });
  }
  const bundles = subjects.flatMap((subject) => bundlesOf(environment, subject));
  const { groups } = prometheus({ environment, services }).data;
  let burning = 0;
  for (const service of services) {
    for (const objective of service.objectives) {
      const file = groups[`${service.name}-${objective.id}`];
      if (!file) continue;
      const { alerts, trials: stories, uncovered: left } = objectiveCases(environment, service, objective);
      burning += alerts.length;
      for (const { name, sentence, doubt } of stories)
        trials.set(name, { sentence, ...(doubt !== undefined && { doubt }) });
      for (const { kind, why } of left) uncovered.push({ trial: `${service.name}/${objective.id}/${kind}`, why });
      const name = `${service.name}-${objective.id}.yml`;
      const order = file.flatMap(splitGroup).map((group) => group.name);
      bundles.push({ rules: { [name]: ruleFile(file) }, test: testFile([name], order, stories) });
    }
  }
  return { subjects, alerts: subjects.length + burning, trials, bundles, uncovered };
}

/** Runs every case with the promtool that is installed. */
export async function prove(
  plan: Plan,
  processes: number,
  progress?: (done: number, of: number) => void,
): Promise<Proof> {
  const { subjects, alerts, trials, bundles, uncovered } = plan;
  const complaints = await runBundles(bundles, processes, (done) => progress?.(done, bundles.length));
  const failures = [...trials].flatMap(([trial, { sentence, doubt }]): Failure[] => {
    const own = complaints.filter((one) => one.trial === trial);
    return own.length > 0 || doubt !== undefined
      ? [{ trial, sentence, complaints: own, ...(doubt !== undefined && { doubt }) }]
      : [];
  });
  return { subjects, alerts, cases: trials.size, failures, uncovered };
}
