import type { LabelNames, Labels, Metric } from "./metric";
import { Place } from "./place";
import type { Quantity } from "./quantity";

/**
 * What a metric reads while all is well, as far as its declaration doesn't tell: how often something happens, how full
 * something is, how long something takes. Traffic for drills is made from it.
 */
export interface Usual {
  readonly metric: Metric;
  readonly reads: Reads;
  /** Series by the values of their labels, and each value's weight. A label that is missing is filled in. */
  readonly labels: Readonly<Record<string, Weights>>;
  readonly place: Place;
}

/** Values of a label, and how much of the whole each has. */
export type Weights = Readonly<Record<string, number>>;

export type Reads =
  /** Events that come with requests: so many for each, */
  | { readonly kind: "events"; readonly perRequest: number }
  /** or always: so much a second, by day and by night. */
  | { readonly kind: "flow"; readonly perSecond: number }
  /** A level, that goes up and down by a share of itself, and that goes with the load or does not. */
  | { readonly kind: "level"; readonly value: number; readonly varies: number; readonly withLoad: boolean }
  /** Observations with a median, of which two in three are within a factor of `spread`. */
  | { readonly kind: "observations"; readonly perRequest: number; readonly median: number; readonly spread: number }
  /** Unix time. */
  | { readonly kind: "clock" }
  /** Seconds since the process began. */
  | { readonly kind: "age" };

type Split<L extends Labels> = { readonly [K in LabelNames<L>]?: Weights };

/** So many for each request; a label's weights are shares of the whole. */
export const happens = <U extends string, L extends Labels>(
  metric: Metric<"counter", U, L>,
  { perRequest, by = {} }: { readonly perRequest: number; readonly by?: Split<L> },
): Usual => usual(happens, metric, { kind: "events", perRequest }, by);

/** So much a second, whatever the hour: processor time, bytes on a disk. */
export const flows = <U extends string, L extends Labels>(
  metric: Metric<"counter", U, L>,
  { perSecond, by = {} }: { readonly perSecond: number; readonly by?: Split<L> },
): Usual => usual(flows, metric, { kind: "flow", perSecond }, by);

/**
 * Stands at a value. `varies` is how far it strays, as a share of it: by default 5 %. `withLoad`: it falls and rises with
 * the number of requests, and the value is that at the week's peak.
 */
export const stands = <U extends string, L extends Labels>(
  metric: Metric<"gauge", U, L>,
  {
    at,
    varies = 0.05,
    withLoad = false,
    by = {},
  }: {
    readonly at: Quantity<NoInfer<U>>;
    readonly varies?: number;
    readonly withLoad?: boolean;
    readonly by?: Split<L>;
  },
): Usual => usual(stands, metric, { kind: "level", value: at.value, varies, withLoad }, by);

/** Takes so much, half of the time; `spread` defaults to 2. */
export const takes = <U extends string, L extends Labels>(
  metric: Metric<"histogram", U, L>,
  {
    median,
    perRequest = 1,
    spread = 2,
    by = {},
  }: {
    readonly median: Quantity<NoInfer<U>>;
    readonly perRequest?: number;
    readonly spread?: number;
    readonly by?: Split<L>;
  },
): Usual => usual(takes, metric, { kind: "observations", perRequest, median: median.value, spread }, by);

/** Reads the time. */
export const tellsTime = (metric: Metric<"gauge", "seconds">): Usual => usual(tellsTime, metric, { kind: "clock" }, {});

/** Reads how old the process is. */
export const tellsAge = (metric: Metric<"gauge", "seconds">): Usual => usual(tellsAge, metric, { kind: "age" }, {});

function usual(
  declaring: (...args: never[]) => unknown,
  metric: unknown,
  reads: Reads,
  labels: Readonly<Record<string, Weights | undefined>>,
): Usual {
  const weights = labels as Readonly<Record<string, Weights>>;
  return { metric: metric as Metric, reads, labels: weights, place: Place.callerOf(declaring) };
}
