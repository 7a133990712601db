import { type Alert, calendarsOf, comparisonOf } from "@watchbill/model";
import type { Kind } from "./case";
import { leavesOf } from "./cells";
import { floorOf } from "./levels";

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
    ...(floorOf(test) ? (["floor", "enough"] as const) : []),
    ...(calendarsOf(test).length > 0 ? (["hours"] as const) : []),
  ];
}
