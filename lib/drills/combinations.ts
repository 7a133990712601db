import { type Metric, selects, type Usual, type Weights } from "@watchbill/model";
import type { HappeningOf } from "./happening";

export interface Combination {
  readonly labels: Readonly<Record<string, string>>;
  /** Its part of the whole on a good day. */
  readonly weight: number;
}

const failing = /fail|error/;
/** Events that end badly, where nobody says how many these are. */
const failures = 0.0003;

/** What a label's values weigh when nobody says: failures are few, else all are alike. */
function guess(label: string, values: Metric["labels"][string]): Weights {
  if ("atMost" in values) return { [`a-${label}`]: 1 };
  const bad = values.filter((value) => failing.test(value));
  if (bad.length === values.length) return Object.fromEntries(values.map((value) => [value, 1 / values.length]));
  const each = (1 - failures * bad.length) / (values.length - bad.length);
  return Object.fromEntries(values.map((value) => [value, bad.includes(value) ? failures : each]));
}

const heaviest = (weights: Weights): Weights => {
  const [[value] = [""]] = Object.entries(weights).sort(([, one], [, other]) => other - one);
  return { [value]: Object.values(weights).reduce((sum, one) => sum + one, 0) };
};

/**
 * The series of a metric and what each weighs: all combinations of its labels' values, and those that something that
 * happens turns them into. A label that is folded has only one value; what the scrape sets is not among them.
 */
export function combinationsOf(
  metric: Metric,
  usual: Usual | undefined,
  turns: readonly HappeningOf<"turns">[] = [],
  {
    folds = () => false,
    target = {},
  }: { readonly folds?: (label: string) => boolean; readonly target?: Combination["labels"] } = {},
): readonly Combination[] {
  const needed = new Set(
    turns.flatMap(({ effect }) => [...effect.of.matchers.map(({ label }) => label), ...Object.keys(effect.into)]),
  );
  let found: readonly Combination[] = [{ labels: {}, weight: 1 }];
  for (const [label, values] of Object.entries(metric.labels)) {
    if (label in target) continue;
    const weights = usual?.labels[label] ?? guess(label, values);
    const kept = Object.entries(folds(label) && !needed.has(label) ? heaviest(weights) : weights);
    found = found.flatMap(({ labels, weight }) =>
      kept.map(([value, part]) => ({ labels: { ...labels, [label]: value }, weight: weight * part })),
    );
  }
  const key = ({ labels }: Combination) => JSON.stringify(Object.entries(labels).sort());
  const all = new Map(found.map((one) => [key(one), one]));
  for (const { effect } of turns) {
    for (const { labels } of [...all.values()].filter((one) =>
      selects(effect.of.matchers, { ...target, ...one.labels }),
    )) {
      const turned = { labels: { ...labels, ...effect.into }, weight: 0 };
      if (!all.has(key(turned))) all.set(key(turned), turned);
    }
  }
  return [...all.values()];
}
