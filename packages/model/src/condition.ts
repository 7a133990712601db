import type { Calendar } from "./calendar";
import { type Expression, labelsKept, mapWindows, type Node, selectionsOf } from "./expression";
import { type Labels, type Selectable, type Selection, select } from "./metric";
import type { Duration, Quantity } from "./quantity";

/** When an alert fires, as a tree that each backend prints. `U` is the unit of the value that is held against a limit. */
export interface Condition<U extends string = string> {
  readonly unit: U;
  readonly test: Test;
}

export type Comparison = ">" | ">=" | "<" | "<=" | "==" | "!=";

export type Test =
  | {
      readonly op: "compare";
      readonly comparison: Comparison;
      readonly left: Node;
      readonly threshold: Quantity<string>;
    }
  | { readonly op: "absent"; readonly of: Selection; readonly over?: Duration }
  | { readonly op: "floor"; readonly test: Test; readonly events: Node; readonly atLeast: Quantity<string> }
  | { readonly op: "during"; readonly test: Test; readonly calendar: Calendar; readonly settled: Duration }
  | { readonly op: "always"; readonly given: Selection; readonly within: Duration };

const compare = <U extends string>(
  left: Expression<U>,
  comparison: Comparison,
  threshold: Quantity<U>,
): Condition<U> => ({
  unit: left.unit,
  test: { op: "compare", comparison, left: left.node, threshold },
});

export const above = <U extends string>(left: Expression<U>, threshold: Quantity<NoInfer<U>>): Condition<U> =>
  compare(left, ">", threshold);

export const below = <U extends string>(left: Expression<U>, threshold: Quantity<NoInfer<U>>): Condition<U> =>
  compare(left, "<", threshold);

export const atLeast = <U extends string>(left: Expression<U>, threshold: Quantity<NoInfer<U>>): Condition<U> =>
  compare(left, ">=", threshold);

export const equal = <U extends string>(left: Expression<U>, threshold: Quantity<NoInfer<U>>): Condition<U> =>
  compare(left, "==", threshold);

/**
 * Not one series matches: nobody exposes the metric any more. With `over`: there was no sample within that time, of a
 * series that has ended or not.
 */
export const absent = <K extends "counter" | "gauge" | "histogram", U extends string, L extends Labels>(
  of: Selectable<K, U, L>,
  { over }: { readonly over?: Duration } = {},
): Condition<U> => ({
  unit: select(of).metric.unit,
  test: { op: "absent", of: select(of) as unknown as Selection, ...(over && { over }) },
});

/**
 * Fires always: a watchdog, whose silence is the alarm. It needs a sample of `given` within the last while, since a rule
 * that reads nothing goes on firing when nothing can be stored any more. Its value is how many series gave one.
 */
export const always = <K extends "counter" | "gauge" | "histogram", U extends string, L extends Labels>(
  given: Selectable<K, U, L>,
  { within }: { readonly within: Duration },
): Condition<U> => ({
  unit: select(given).metric.unit,
  test: { op: "always", given: select(given) as unknown as Selection, within },
});

/**
 * A floor of events: a condition on a share says nothing while there is next to nothing to share. `events` counts what
 * the share is taken of, over the same window; where both are kept apart by a label, each has to have its own.
 */
export const givenAtLeast = <U extends string, E extends string>(
  atLeastEvents: Quantity<E>,
  events: Expression<NoInfer<E>>,
  condition: Condition<U>,
): Condition<U> => ({
  unit: condition.unit,
  test: { op: "floor", test: condition.test, events: events.node, atLeast: atLeastEvents },
});

/**
 * Only while the calendar is on, and once it has been on for `settled`, so that a window which reaches back into the
 * night isn't judged by the day's measure.
 */
export const during = <U extends string>(
  calendar: Calendar,
  settled: Duration,
  condition: Condition<U>,
): Condition<U> => ({
  unit: condition.unit,
  test: { op: "during", test: condition.test, calendar, settled },
});

/** The comparison inside, however guarded; nothing for `absent` and `always`. */
export function comparisonOf(test: Test): Extract<Test, { op: "compare" }> | undefined {
  if (test.op === "compare") return test;
  return test.op === "floor" || test.op === "during" ? comparisonOf(test.test) : undefined;
}

/** Labels, besides the job, by which the events of a floor are those of the value: what both are kept apart by. */
export function labelsOfFloor({ test, events }: Extract<Test, { op: "floor" }>): readonly string[] {
  const left = comparisonOf(test)?.left;
  return left ? labelsKept(events).filter((label) => labelsKept(left).includes(label)) : [];
}

export function calendarsOf(test: Test): readonly Calendar[] {
  if (test.op === "during") return [test.calendar, ...calendarsOf(test.test)];
  return test.op === "floor" ? calendarsOf(test.test) : [];
}

/** Every selection that a condition reads. */
export function selectionsRead(test: Test): readonly Selection[] {
  switch (test.op) {
    case "compare":
      return selectionsOf(test.left);
    case "absent":
      return [test.of];
    case "floor":
      return [...selectionsRead(test.test), ...selectionsOf(test.events)];
    case "during":
      return selectionsRead(test.test);
    case "always":
      return [test.given];
  }
}

/** The longest window that a condition looks back over. */
export function windowOf(test: Test): Duration {
  if (test.op === "always") return test.within;
  if (test.op === "absent" && test.over) return test.over;
  let longest: Duration = { value: 0, unit: "seconds" };
  const note = (window: Duration) => {
    if (window.value > longest.value) longest = window;
    return window;
  };
  const left = comparisonOf(test)?.left;
  if (left) mapWindows(left, note);
  return longest;
}

/** What of a condition an environment may have otherwise. */
export interface Adjustment {
  readonly threshold?: Quantity<string>;
  /** Windows, all of them. */
  readonly over?: Duration;
  /** Calendars, by the name of the one that they stand in for. */
  readonly calendars?: Readonly<Record<string, Calendar>>;
}

/** The same condition with another limit, other windows or other calendars. */
export function adjust(test: Test, change: Adjustment): Test {
  const { threshold, over, calendars = {} } = change;
  const window = (current: Duration) => over ?? current;
  switch (test.op) {
    case "compare":
      return { ...test, left: mapWindows(test.left, window), threshold: threshold ?? test.threshold };
    case "floor":
      return { ...test, test: adjust(test.test, change), events: mapWindows(test.events, window) };
    case "during":
      return {
        ...test,
        test: adjust(test.test, change),
        settled: window(test.settled),
        calendar: calendars[test.calendar.name] ?? test.calendar,
      };
    default:
      return test;
  }
}
