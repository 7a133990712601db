import { comparisonOf, type Node } from "@watchbill/model";
import type { AlertCases } from "../cases";
import { matches } from "../reckoning/matchers";
import { leavesOf } from "../stories/cells";
import { isFlag } from "../stories/levels";
import type { RuleMutant } from "./rule-mutants";

/**
 * Why a mutant says the same as its rule over all series that there can be, so that no case can tell them apart; nothing
 * for the others. Each reason is a proof, not a habit.
 */
export function equivalence(
  { alert: { when } }: Pick<AlertCases, "alert">,
  { what, words, within = "" }: RuleMutant,
): string | undefined {
  const { test } = when;
  if (test.op === "always" && what === "threshold" && words.endsWith(">= 0.9"))
    return "series are counted whole, and nothing lies between";
  const compared = comparisonOf(test);
  if (!compared) return undefined;
  if (isFlag(test) && what === "threshold" && words.endsWith("< 0.9"))
    return "a flag is 0 or 1, and nothing lies between";
  if (what === "function" && within.startsWith("histogram_quantile("))
    return "a quantile is one of shares: all buckets times the window's length are the same shares";
  const dropped = what === "matcher" ? /^without (\w+)(=~|!=|!~|=)/.exec(words) : null;
  if (dropped && isPartner(compared.left, dropped[1]!))
    return "the other side of the division keeps the matcher and is joined by the same label, so nothing else has a partner";
  if (dropped && hasNoOther(test, dropped[1]!)) return "the label is declared with values that all fit the matcher";
  if (what === "aggregation" && words.includes(" to ") && holdOneSeries(test, within))
    return "each of its groups holds one series, which is its own sum, largest and smallest";
  const isLeaf = ["fold", "skew", "remaining"].includes(compared.left.op);
  if (what === "aggregation" && words.startsWith("without") && isLeaf && holdOneSeries(test, within))
    return "each of its groups holds one series, whose one further label (service) is the rule's own";
  return undefined;
}

/** Whether a label is told apart, and is matched on both sides of a division. */
function isPartner(left: Node, label: string): boolean {
  const leaves = leavesOf({ op: "compare", comparison: ">", left, threshold: { value: 0, unit: "" } });
  return (
    leaves.length > 1 &&
    leaves.every(({ by, of }) => by.includes(label) && of.matchers.some((matcher) => matcher.label === label))
  );
}

/** Whether all metrics that are matched by a label declare no value of it but those that fit. */
function hasNoOther(test: Parameters<typeof leavesOf>[0], label: string): boolean {
  const matched = leavesOf(test).flatMap(({ of }) => of.matchers.map((matcher) => ({ metric: of.metric, matcher })));
  return matched
    .filter(({ matcher }) => matcher.label === label)
    .every(({ metric, matcher }) => {
      const values = metric.labels[label];
      return values !== undefined && !("atMost" in values) && values.every((value) => matches(matcher, value));
    });
}

/** Whether a metric has no label but those by which it is told apart, and the instance is one of them. */
function holdOneSeries(test: Parameters<typeof leavesOf>[0], within: string): boolean {
  const leaf = leavesOf(test).find(({ of }) => new RegExp(`\\b${of.metric.name}\\b`).test(within));
  if (!leaf?.by.includes("instance")) return false;
  const fixed = leaf.of.matchers.filter(({ operator }) => operator === "=").map(({ label }) => label);
  return Object.keys(leaf.of.metric.labels).every((label) => leaf.by.includes(label) || fixed.includes(label));
}
