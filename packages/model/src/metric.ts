import { Place } from "./place";

export type MetricKind = "counter" | "gauge" | "histogram";

/** What a label can be: one of these values, or any value out of at most so many. Anything else is unbounded. */
export type LabelValues = readonly string[] | Bound;
export interface Bound {
  readonly atMost: number;
}
export type Labels = Readonly<Record<string, LabelValues>>;

/** A label whose values are not known in advance but whose number is: `{ event: atMost(200) }`. */
export const atMost = (values: number): Bound => ({ atMost: values });

/** A label must be something else than this: `{ reason: not("client") }`. */
export interface Not<V> {
  readonly not: V;
}
export const not = <const V extends string | RegExp>(value: V): Not<V> => ({ not: value });

type ValueOf<V extends LabelValues> = V extends readonly (infer S extends string)[] ? S : string;
type Match<V extends LabelValues> = [V] extends [never]
  ? never
  : ValueOf<V> | readonly ValueOf<V>[] | RegExp | Not<ValueOf<V> | RegExp>;
export type Matchers<L extends Labels> = { readonly [K in keyof L]?: Match<L[K]> };

/** The names of a metric's labels; none for a metric without. */
export type LabelNames<L extends Labels> = string extends keyof L ? never : keyof L & string;

/** A matcher as data; `=~` is anchored on both sides, as in PromQL. */
export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/**
 * Who exposes a metric: the service itself, an exporter beside it, or one of the monitoring servers. `scrape` is what
 * Prometheus itself says of each target of every job, `nodes` what every machine's exporter says, of whichever service. It
 * decides the scrape job that the metric is read from, and the
 * Datadog integration that has the like of it.
 */
export type Source =
  | "service"
  | "node"
  | "blackbox"
  | "postgres"
  | "redis"
  | "prometheus"
  | "alertmanager"
  | "scrape"
  | "nodes";

/** A metric: the same declaration is what the application registers and what every query is built from. */
export class Metric<K extends MetricKind = MetricKind, U extends string = string, L extends Labels = Labels> {
  constructor(
    readonly kind: K,
    /** In the exposition format, with its unit as suffix: `http_request_duration_seconds`. */
    readonly name: string,
    readonly unit: U,
    readonly help: string,
    readonly labels: L,
    readonly source: Source,
    readonly place: Place,
    /** Upper bounds of a histogram's buckets, in its unit, ascending, without +Inf. */
    readonly buckets: readonly number[] = [],
  ) {}

  /** The series of this metric whose labels match. */
  where(matchers: Matchers<L>): Selection<K, U, L> {
    return new Selection(this, Object.entries(matchers).map(readMatcher));
  }
}

/** Some of a metric's series. */
export class Selection<K extends MetricKind = MetricKind, U extends string = string, L extends Labels = Labels> {
  constructor(
    readonly metric: Metric<K, U, L>,
    readonly matchers: readonly Matcher[],
  ) {}

  where(matchers: Matchers<L>): Selection<K, U, L> {
    return new Selection(this.metric, [...this.matchers, ...Object.entries(matchers).map(readMatcher)]);
  }
}

export type Selectable<K extends MetricKind, U extends string, L extends Labels> = Metric<K, U, L> | Selection<K, U, L>;

export const select = <K extends MetricKind, U extends string, L extends Labels>(of: Selectable<K, U, L>) =>
  of instanceof Selection ? of : new Selection(of, []);

const plain = (text: string) => !/[\\^$.*+?()[\]{}|]/.test(text);
const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** A regular expression is used only where equality can't say the same: it is dearer, and linters complain. */
function readMatcher([label, match]: [string, unknown]): Matcher {
  if (typeof match === "string") return { label, operator: "=", value: match };
  if (match instanceof RegExp) {
    return { label, operator: plain(match.source) ? "=" : "=~", value: match.source };
  }
  if (Array.isArray(match)) {
    const [only] = match as string[];
    if (match.length === 1 && only !== undefined) return { label, operator: "=", value: only };
    return { label, operator: "=~", value: (match as string[]).map(escapeRegExp).join("|") };
  }
  const { operator, value } = readMatcher([label, (match as Not<string | RegExp>).not]);
  return { label, operator: operator === "=" ? "!=" : "!~", value };
}

interface Declaration<L extends Labels> {
  /** One sentence for the exposition's HELP line. Default: derived from the name. */
  readonly help?: string;
  /** Each enumerated or bounded. Default: none. */
  readonly labels?: L;
  /** Default: the service itself. */
  readonly from?: Source;
}

const helpFrom = (name: string) => {
  const words = name.replace(/_(total|seconds|bytes|ratio)$/, "").replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
};

// Not `{}`: an object literal with any property at all is assignable to that, so a matcher on a label that the metric
// lacks would compile.
type NoLabels = Readonly<Record<string, never>>;

/** A number that only grows; its name ends in `_total`. `counts` is its unit: `"requests"`. */
export function counter<const U extends string, const L extends Labels = NoLabels>(
  name: string,
  declaration: Declaration<L> & { readonly counts: U },
): Metric<"counter", U, L> {
  const { counts, help = helpFrom(name), labels = {} as L, from = "service" } = declaration;
  return new Metric("counter", name, counts, help, labels, from, Place.callerOf(counter));
}

/** A number that goes up and down. */
export function gauge<const U extends string, const L extends Labels = NoLabels>(
  name: string,
  declaration: Declaration<L> & { readonly unit: U },
): Metric<"gauge", U, L> {
  const { unit, help = helpFrom(name), labels = {} as L, from = "service" } = declaration;
  return new Metric("gauge", name, unit, help, labels, from, Place.callerOf(gauge));
}

/** A distribution, counted in buckets. Choose buckets so that each threshold held against it is one of them. */
export function histogram<const U extends string, const L extends Labels = NoLabels>(
  name: string,
  declaration: Declaration<L> & { readonly unit: U; readonly buckets: readonly number[] },
): Metric<"histogram", U, L> {
  const { unit, buckets, help = helpFrom(name), labels = {} as L, from = "service" } = declaration;
  return new Metric("histogram", name, unit, help, labels, from, Place.callerOf(histogram), buckets);
}

/** The largest number of series that one target can expose for this metric. */
export function seriesBound(metric: Metric): number {
  const combinations = Object.values(metric.labels).reduce(
    (product: number, values) => product * ("atMost" in values ? values.atMost : values.length),
    1,
  );
  return metric.kind === "histogram" ? combinations * (metric.buckets.length + 3) : combinations;
}
