import { stringify } from "yaml";
import type { AlertRule, RecordingRule } from "../lib/backends/prometheus/rule-file";
import type { RealPrometheus } from "./real-prometheus";
import type { Traffic } from "./traffic";

/** What rules cost, and how right they are, on data whose truth is known. */

export type Rule = AlertRule | RecordingRule;

const isRecord = (rule: Rule): rule is RecordingRule => "record" in rule;
const reads = (rule: Rule, name: string) => new RegExp(`(^|[^\\w:])${name}([^\\w:]|$)`).test(rule.expr);
/** Whether it looks at more than the newest sample. */
const looksBack = (rule: Rule, name: string) =>
  new RegExp(`(^|[^\\w:])${name}(\\{[^}]*\\})?\\s*(\\[|offset)`).test(rule.expr);

/** Recording rules in the order they need each other: none reads another of its own level. */
function levels(rules: readonly RecordingRule[]): readonly (readonly RecordingRule[])[] {
  const left = new Set(rules);
  const found: RecordingRule[][] = [];
  while (left.size > 0) {
    const ready = [...left].filter((rule) => ![...left].some((other) => other !== rule && reads(rule, other.record)));
    if (ready.length === 0) throw new Error("rules read each other in a circle");
    for (const rule of ready) left.delete(rule);
    found.push(ready);
  }
  return found;
}

/**
 * Fills in what the rules would have recorded: all of it where another rule looks back on it, else what an instant query
 * finds at the given times.
 */
export async function record(
  prometheus: RealPrometheus,
  rules: readonly Rule[],
  { scrapedFrom, end }: Pick<Traffic, "scrapedFrom" | "end">,
  instants: readonly number[],
): Promise<void> {
  // One name for all: when a group is evaluated within its interval follows from its name.
  const file = (of: readonly RecordingRule[]) => stringify({ groups: [{ name: "objectives", rules: of }] });
  for (const level of levels(rules.filter(isRecord))) {
    const looked = level.filter(({ record: name }) => rules.some((rule) => looksBack(rule, name)));
    const glanced = level.filter((rule) => !looked.includes(rule) && rules.some((other) => reads(other, rule.record)));
    if (looked.length > 0) await prometheus.addRecorded(file(looked), [{ start: scrapedFrom + 600, end }]);
    const moments = instants.map((instant) => ({ start: instant - 30, end: instant }));
    if (glanced.length > 0) await prometheus.addRecorded(file(glanced), moments);
  }
}

interface Cost {
  /** Samples that one evaluation of all rules touches, on average. */
  readonly samples: number;
  /** The same by rule: the record's or the alert's name. */
  readonly byRule: ReadonlyMap<string, number>;
}

export async function cost(
  prometheus: RealPrometheus,
  rules: readonly Rule[],
  instants: readonly number[],
): Promise<Cost> {
  const byRule = new Map<string, number>();
  for (const rule of rules) {
    const name = isRecord(rule) ? rule.record : rule.alert;
    for (const instant of instants) {
      const { samples } = await prometheus.query(rule.expr, instant);
      byRule.set(name, (byRule.get(name) ?? 0) + samples / instants.length);
    }
  }
  return { samples: [...byRule.values()].reduce((sum, one) => sum + one, 0), byRule };
}

export interface Deviation {
  /** Largest distance from the exact ratio, as a share of it. */
  readonly worst: number;
  readonly median: number;
}

/** How far an expression of a ratio is from the exact one over its window. Nothing at all is infinitely far. */
export async function deviation(
  prometheus: RealPrometheus,
  expression: string,
  window: number,
  exact: Traffic["exact"],
  instants: readonly number[],
): Promise<Deviation> {
  const distances: number[] = [];
  for (const instant of instants) {
    const { value } = await prometheus.query(expression, instant);
    const truth = exact(instant, window);
    distances.push(Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.abs(value - truth) / truth);
  }
  const sorted = distances.sort((a, b) => a - b);
  return { worst: sorted.at(-1) ?? Number.NaN, median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN };
}
