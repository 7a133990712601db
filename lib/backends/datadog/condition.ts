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
      return { says: test, floors: floorsOfForecast(test), hours: [] };
  }
}

/** What a forecast is about only while little is left: that little is a monitor of its own. */
function floorsOfForecast(test: Test): Subject["floors"] {
  if (test.op !== "compare" || test.left.op !== "forecast" || !test.left.onlyBelow) return [];
  const { of, by, onlyBelow } = test.left;
  const fold = (selection: Selection, how: "min" | "max"): Node => ({ op: "fold", fold: how, of: selection, by });
  const left: Node = { op: "arithmetic", operator: "/", left: fold(of, "min"), right: fold(onlyBelow.of, "max") };
  const events: Node = { op: "arithmetic", operator: "-", left: { op: "constant", value: 1 }, right: left };
  return [{ events, atLeast: { value: 1 - onlyBelow.share, unit: "ratio" } }];
}

/** The checks that a selection names; nothing where it says more, or less, than that. */
function checksNamed({ matchers }: Selection): readonly string[] | undefined {
  const [check, ...others] = matchers;
  if (check?.label !== "check" || others.length > 0) return undefined;
  if (check.operator === "=") return [check.value];
  return check.operator === "=~" && /^[\w|-]+$/.test(check.value) ? check.value.split("|") : undefined;
}

/**
 * The check whose certificate a condition tells the end of. Synthetic Monitoring looks at certificates itself.
 */
export function endingCertificate({ says, floors }: Subject): string | undefined {
  if (says.op !== "compare" || says.left.op !== "remaining" || floors.length > 0) return undefined;
  const { of } = says.left;
  const isEnd = of.metric.name === "probe_ssl_earliest_cert_expiry" && says.comparison === "<";
  const checks = isEnd ? checksNamed(of) : undefined;
  return checks?.length === 1 ? checks[0] : undefined;
}

/**
 * The uptime checks whose failure a condition tells: fewer than one passes. Synthetic Monitoring makes and tells such
 * a check itself, so nothing else has to look at its results.
 */
export function failingChecks({ says, floors }: Subject): readonly string[] | undefined {
  if (says.op !== "compare" || says.left.op !== "fold" || floors.length > 0) return undefined;
  const { metric }: Selection = says.left.of;
  const isFailure = says.comparison === "<" && says.threshold.value > 0 && says.threshold.value <= 1;
  return metric.name === "probe_success" && isFailure ? checksNamed(says.left.of) : undefined;
}
