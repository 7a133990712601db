import type { Metric } from "@watchbill/model";
import { isOfEveryJob } from "../../conventions";
import type { Reader } from "../reckoning/evaluate";
import { valuesOf } from "../reckoning/matchers";
import type { LabelSet } from "../reckoning/series";
import { type Reading, targetsOf } from "./cells";
import type { Knobs } from "./levels";

/** One who exposes a metric, and what it does. */
export interface Exposer {
  readonly target: LabelSet;
  /** 0 and 1 are the service's own targets; others are undisturbed. */
  readonly number: 0 | 1 | undefined;
  readonly does: "plan" | "well" | "opposite";
  /** Labels that are told apart, instead of the cells' own. */
  readonly labels?: LabelSet;
  /** Its part of what is done together. */
  readonly role: "alone" | "more" | "less";
}

/** Labels that a metric has and nobody asks for: two of their values, whose series belong together. */
function apart(metric: Metric, known: readonly string[]): readonly [LabelSet, LabelSet] | undefined {
  const label = Object.keys(metric.labels).find((one) => !known.includes(one));
  if (label === undefined) return undefined;
  const [one, other] = valuesOf(metric, label, []);
  return one !== undefined && other !== undefined ? [{ [label]: one }, { [label]: other }] : undefined;
}

/** Two targets that share the work, or one in trouble and one that is well where they are told apart; and strangers. */
export function exposersOf({ environment, service }: Reader, knobs: Knobs, reading: Reading): readonly Exposer[] {
  const { metric } = reading;
  const [first, second] = targetsOf(environment, service, metric.source) as [LabelSet, LabelSet];
  const leaf = knobs.leafOf(reading);
  const constrained = reading.selections.flatMap(({ matchers }) => matchers.map(({ label }) => label));
  const parts = apart(metric, [...constrained, ...leaf.by]);
  const exposers: Exposer[] = [];
  if (!leaf.by.includes("instance")) {
    exposers.push({ target: first, number: 0, does: "plan", role: "more" });
    exposers.push({ target: second, number: 1, does: "plan", role: "less" });
  } else {
    // What is folded of one target alone is seen where it has two series.
    if (parts) {
      exposers.push({ target: first, number: 0, does: "plan", labels: parts[0], role: "more" });
      exposers.push({ target: first, number: 0, does: "plan", labels: parts[1], role: "less" });
    } else exposers.push({ target: first, number: 0, does: "plan", role: "alone" });
    exposers.push({ target: second, number: 1, does: "well", role: "alone" });
  }
  const free = leaf.by.filter((label) => label in metric.labels && !constrained.includes(label));
  if (free.length > 0) {
    const labels = Object.fromEntries(free.map((label) => [label, valuesOf(metric, label, [])[1] ?? "other"]));
    exposers.push({ target: first, number: 0, does: "well", labels, role: "alone" });
  }
  if (!isOfEveryJob(metric.source)) {
    const target = { job: "elsewhere", instance: "elsewhere:1", service: "elsewhere" };
    exposers.push({ target, number: undefined, does: "opposite", role: "alone" });
  }
  return exposers;
}
