import { Place } from "./place";
import type { Quantity } from "./quantity";
import { unitsOf } from "./written-quantity";

/** How a number without a unit is meant, in a variable of unit `U`. */
export type Bare<U extends string> = U extends "ratio"
  ? "ratio" | "percent"
  : U extends "seconds"
    ? "milliseconds" | "seconds" | "minutes"
    : U extends "bytes"
      ? "bytes" | "mebibytes" | "gibibytes"
      : U extends `${string}/second`
        ? "per second" | "per minute"
        : U;

/** A value that whoever runs the environment can set, by a name that is known to them. */
export interface Variable<U extends string = string> {
  /** `PAYMENT_FAILURE_THRESHOLD`. */
  readonly name: string;
  readonly bare: string;
  readonly default: Quantity<U>;
  readonly between: readonly [Quantity<U>, Quantity<U>];
  readonly place: Place;
}

/** A quantity that a variable may set; until then its value is the variable's default. */
export interface VariableQuantity<U extends string = string> extends Quantity<U> {
  readonly variable: Variable<U>;
}

/**
 * A quantity from an environment variable, wherever one is wanted: `above: fromVariable("PAYMENT_FAILURE_THRESHOLD",
 * { bare: "ratio", default: percent(1), between: [percent(0.1), percent(50)] })` takes `0.01` and `1%` alike. The value
 * comes from `environments/<environment>.env`; a number without a unit is read as `bare` says. What is no number, has
 * another unit or lies out of `between` is a mistake, never the default in silence.
 */
export function fromVariable<const U extends string>(
  name: string,
  declaration: {
    readonly bare: Bare<NoInfer<U>>;
    readonly default: Quantity<U>;
    readonly between: readonly [Quantity<NoInfer<U>>, Quantity<NoInfer<U>>];
  },
): VariableQuantity<U> {
  const variable = { ...declaration, name, place: Place.callerOf(fromVariable) };
  return { ...declaration.default, variable };
}

export const isVariable = (value: object): value is VariableQuantity => "variable" in value && "unit" in value;

/** What is wrong with a variable's text. */
export type Unreadable = "number" | "unit" | "range";

/** The quantity that a text means for a variable, or what is wrong with it. Pure: it looks at nothing else. */
export function readVariable({ bare, default: { unit }, between }: Variable, text: string): number | Unreadable {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(.*?)\s*$/i.exec(text);
  if (!match) return "number";
  const size = unitsOf(unit).get(match[2] || bare);
  if (size === undefined) return "unit";
  const value = Number((Number(match[1]) * size).toPrecision(12));
  return value >= between[0].value && value <= between[1].value ? value : "range";
}
