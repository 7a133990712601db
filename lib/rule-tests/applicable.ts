import { type Alert, calendarsOf, comparisonOf, type Test } from "@watchbill/model";
import type { Kind } from "./case";
import { leavesOf } from "./stories/cells";
import { floorOf } from "./stories/levels";

/** Of a count that can be too little, a label whose new values are new series; nothing where all series are known. */
export function bornLabel(test: Test): string | undefined {
  const compared = comparisonOf(test);
  if (compared?.left.op !== "increase" || compared.comparison.startsWith(">")) return undefined;
  const { of, by } = compared.left;
  const known = [...by, ...of.matchers.map(({ label }) => label)];
  return Object.entries(of.metric.labels).find(([label, values]) => "atMost" in values && !known.includes(label))?.[0];
}

/** The kinds of cases that an alert's declaration calls for. */
export function applicableKinds({ when: { test }, for: held }: Alert): readonly Kind[] {
  if (test.op === "always") return ["always", "gone", "never"];
  if (!comparisonOf(test)) return ["gone", "never", ...(held.value > 0 ? (["short"] as const) : [])];
  const isCounted = leavesOf(test).some(({ of }) => of.metric.kind !== "gauge");
  return [
    "past",
    "within",
    "limit",
    ...(held.value > 0 ? (["short"] as const) : []),
    "scrapes",
    ...(isCounted ? (["restart"] as const) : []),
    "gone",
    "never",
    ...(bornLabel(test) === undefined ? [] : (["births"] as const)),
    ...(floorOf(test) ? (["floor", "enough"] as const) : []),
    ...(calendarsOf(test).length > 0 ? (["hours"] as const) : []),
  ];
}
