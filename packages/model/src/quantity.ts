/**
 * A number with its unit, in base units (seconds, bytes, a ratio of 1): what thresholds, windows and limits are made of.
 * The unit is part of the type, so a threshold of one unit can't be held against an expression of another.
 * Units follow Prometheus' base units (https://prometheus.io/docs/practices/naming/#base-units); what is counted
 * (`"requests"`, `"tickets"`) is a unit too, and a rate of it is `"requests/second"`.
 */
export interface Quantity<U extends string> {
  readonly value: number;
  readonly unit: U;
}

/** A span of time, in seconds. */
export type Duration = Quantity<"seconds">;

const quantity = <const U extends string>(value: number, unit: U): Quantity<U> => ({ value, unit });

export const milliseconds = (value: number): Duration => quantity(value / 1000, "seconds");
export const seconds = (value: number): Duration => quantity(value, "seconds");
export const minutes = (value: number): Duration => quantity(value * 60, "seconds");
export const hours = (value: number): Duration => quantity(value * 3600, "seconds");
export const days = (value: number): Duration => quantity(value * 86400, "seconds");

/** A share of a whole: `percent(5)` is the ratio 0.05. */
export const percent = (value: number): Quantity<"ratio"> => quantity(Number((value / 100).toPrecision(12)), "ratio");

export const bytes = (value: number): Quantity<"bytes"> => quantity(value, "bytes");
export const mebibytes = (value: number): Quantity<"bytes"> => quantity(value * 1024 ** 2, "bytes");
export const gibibytes = (value: number): Quantity<"bytes"> => quantity(value * 1024 ** 3, "bytes");

/** So many of something: `count(80, "connections")`. */
export const count = <const U extends string>(value: number, of: U): Quantity<U> => quantity(value, of);

/** So many a second: `perSecond(5, "requests")`. */
export const perSecond = <const U extends string>(value: number, of: U): Quantity<`${U}/second`> =>
  quantity(value, `${of}/second` as const);

/** So many a minute, kept as a rate a second: `perMinute(50, "connections")`. */
export const perMinute = <const U extends string>(value: number, of: U): Quantity<`${U}/second`> =>
  perSecond(value / 60, of);
