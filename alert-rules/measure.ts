import {
  type Alert,
  type AlertDeclaration,
  alert,
  type Condition,
  type Duration,
  kebab,
  Place,
  type Quantity,
  type Severity,
} from "@watchbill/model";

/** What a pack is asked to watch: a limit, how long it must be passed, and how bad that is. */
export interface Measure<U extends string> {
  readonly above: Quantity<U>;
  readonly for: Duration;
  /** Default: medium. */
  readonly severity?: Severity;
  /** A lower limit, passed for as long, that is told as medium while the other one isn't passed. Default: none. */
  readonly warn?: Quantity<U>;
}

/** The id of the milder level: `HttpErrorRatioHigh` to `HttpErrorRatioElevated`. */
type Milder<Id extends string> = Id extends `${infer Name}High` ? `${Name}Elevated` : never;
/** The name of the milder of two levels. */
export const milder = <Id extends string>(id: Id) => id.replace(/High$/, "Elevated") as Milder<Id>;

type Declared<U extends string> = Omit<AlertDeclaration<U>, "when" | "for" | "severity"> & {
  readonly when: (limit: Quantity<U>) => Condition<U>;
  /** What it is told as where the service does not say. Default: medium. */
  readonly severity?: Severity;
  /** The milder level's summary: whoever reads both at night has to see which is which. */
  readonly milder: string;
};

/**
 * A measure as its alerts: one a level. Both have one runbook, since the same is looked at first, and the worse one
 * outranks the milder, so that nobody is told twice.
 */
export function levels<const Id extends `${string}High`, const U extends string>(
  id: Id,
  measure: Measure<U> | undefined,
  declaration: Declared<NoInfer<U>>,
): readonly (Alert<Id, U> | Alert<Milder<Id>, U>)[] {
  if (!measure) return [];
  const { when, severity = "medium", outranks = [], milder: milderSummary, ...said } = declaration;
  const { above, for: held, warn } = measure;
  const place = Place.callerOf(levels);
  const common = { runbook: kebab(id), ...said, for: held };
  const worse = alert(id, {
    ...common,
    when: when(above),
    severity: measure.severity ?? severity,
    outranks: [...(warn ? [milder(id)] : []), ...outranks],
  });
  if (!warn) return [{ ...worse, place }];
  return [
    { ...worse, place },
    { ...alert(milder(id), { ...common, summary: milderSummary, when: when(warn), severity: "medium" }), place },
  ];
}
