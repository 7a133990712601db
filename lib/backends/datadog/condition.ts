import type { Calendar, Duration, Node, Quantity, Selection, Test } from "@watchbill/model";

/** What a condition says, and what it is subject to. */
export interface Subject {
  readonly says: Exclude<Test, { op: "floor" | "during" }>;
  /** Events without which it says nothing. */
  readonly floors: readonly { readonly events: Node; readonly atLeast: Quantity<string> }[];
  readonly hours: readonly { readonly calendar: Calendar; readonly settled: Duration }[];
}

/** A condition taken apart: its guards all have to hold, so their order says nothing. */
export function takeApart(test: Test): Subject {
  switch (test.op) {
    case "floor": {
      const inner = takeApart(test.test);
      return { ...inner, floors: [...inner.floors, { events: test.events, atLeast: test.atLeast }] };
    }
    case "during": {
      const inner = takeApart(test.test);
      return { ...inner, hours: [...inner.hours, { calendar: test.calendar, settled: test.settled }] };
    }
    default:
      return { says: test, floors: [], hours: [] };
  }
}

/**
 * The uptime check whose failure a condition tells: fewer than one passes. Synthetic Monitoring makes and tells that
 * check itself, so nothing else has to look at its results.
 */
export function failingCheck({ says, floors }: Subject): string | undefined {
  if (says.op !== "compare" || says.left.op !== "fold" || floors.length > 0) return undefined;
  const { metric, matchers }: Selection = says.left.of;
  const [check, ...others] = matchers;
  const isFailure = says.comparison === "<" && says.threshold.value > 0 && says.threshold.value <= 1;
  if (metric.name !== "probe_success" || !isFailure || others.length > 0) return undefined;
  return check?.label === "check" && check.operator === "=" ? check.value : undefined;
}
