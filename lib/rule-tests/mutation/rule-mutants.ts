import type { AlertRule } from "../../backends/prometheus/rule-file";
import { formatDuration } from "../../lapse";
import { type ExpressionMutant, expressionMutants } from "./expression-mutants";

/** A rule that is wrong in one thing. */
export interface RuleMutant {
  readonly what: ExpressionMutant["what"] | "for" | "keep firing" | "label" | "annotation";
  readonly words: string;
  /** What of the expression it is in, if any. */
  readonly within?: string;
  /** Where in the expression it is. */
  readonly at?: number;
  readonly rule: AlertRule;
}

/** `5m`, halved and doubled. */
function otherTimes(time: string): readonly string[] {
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
  const value = [...time.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, many, unit]) => sum + Number(many) * units[unit!]!,
    0,
  );
  return [value / 2, value * 2].map((one) => formatDuration({ value: one, unit: "seconds" }));
}

export function ruleMutants(rule: AlertRule): readonly RuleMutant[] {
  const { for: held, keep_firing_for: keep, labels, annotations } = rule;
  const mutants: RuleMutant[] = expressionMutants(rule.expr).map(({ what, words, within, at, expr }) => ({
    what,
    words,
    within,
    at,
    rule: { ...rule, expr },
  }));
  for (const other of held === undefined ? ["1m"] : otherTimes(held))
    mutants.push({ what: "for", words: `for ${held ?? "0s"} to ${other}`, rule: { ...rule, for: other } });
  for (const other of keep === undefined ? [] : otherTimes(keep))
    mutants.push({
      what: "keep firing",
      words: `keep_firing_for ${keep} to ${other}`,
      rule: { ...rule, keep_firing_for: other },
    });
  for (const label of Object.keys(labels))
    mutants.push({
      what: "label",
      words: `${label} to another`,
      rule: { ...rule, labels: { ...labels, [label]: "another" } },
    });
  for (const annotation of Object.keys(annotations))
    mutants.push({
      what: "annotation",
      words: `${annotation} to another`,
      rule: { ...rule, annotations: { ...annotations, [annotation]: "another" } },
    });
  return mutants;
}
