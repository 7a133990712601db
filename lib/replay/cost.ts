import { type Prometheus, QueryError } from "./prometheus";
import type { Rule } from "./rules";

/** What a rule costs whoever evaluates it, a measure that does not depend on the machine. */
export interface RuleCost {
  readonly rule: Rule;
  /** Samples that one evaluation touches (`totalQueryableSamples`), on average. */
  readonly samples: number;
  /** By the rule's own interval. */
  readonly samplesADay: number;
}

const day = 86_400_000;

/** Measures each rule at the given moments (milliseconds), as the rule engine would ask. */
export async function ruleCosts(
  prometheus: Prometheus,
  rules: readonly Rule[],
  moments: readonly number[],
): Promise<RuleCost[]> {
  const byQuery = new Map<string, Promise<number>>();
  const measure = async (query: string) => {
    let sum = 0;
    for (const moment of moments) {
      sum += await prometheus.query(query, moment / 1000).then(
        ({ samples }) => samples,
        (error: unknown) => {
          // What an evaluation that fails has touched by then is not told.
          if (error instanceof QueryError) return 0;
          throw error;
        },
      );
    }
    return sum / moments.length;
  };
  const costs: RuleCost[] = [];
  for (const rule of rules) {
    const measured = byQuery.get(rule.expr) ?? measure(rule.expr);
    byQuery.set(rule.expr, measured);
    const samples = await measured;
    costs.push({ rule, samples, samplesADay: (samples * day) / rule.interval });
  }
  return costs;
}

/** Moments spread evenly over a span, none at its edges. */
export const momentsWithin = (from: number, to: number, many: number, interval: number): readonly number[] =>
  Array.from({ length: many }, (_, index) => {
    const moment = from + ((to - from) * (index + 0.5)) / many;
    return Math.floor(moment / interval) * interval;
  });
