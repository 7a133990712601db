import {
  type Calendar,
  type Duration,
  type Environment,
  forecastMoments,
  labelsOfFloor,
  type Node,
  type Selection,
  type Service,
  type Test,
} from "@watchbill/model";
import { isShareOfCounts } from "../../backends/prometheus/promql";
import { endsWithScrape } from "../../backends/prometheus/style";
import { isOfEveryJob, jobOf, lookback } from "../../conventions";
import { lapsed } from "../../lapse";
import { Memo } from "../../memo";
import type { Holding } from "./alert-state";
import { matches } from "./matchers";
import { type InputSeries, keyOf, type LabelSet, type Sample } from "./series";
import {
  type Dialect,
  forecastOf,
  increaseOf,
  latest,
  pointsEvery,
  pointsWithin,
  quantileOf,
} from "./window-functions";

/** Whom the declarations are read for, and how its Prometheus bounds windows. */
export interface Reader extends Dialect {
  readonly environment: Environment;
  readonly service: Service;
  /** Seconds between two scrapes, and between two evaluations. */
  readonly step: number;
}

/** A group of series by their job and the labels that were asked for, and its value. */
type Groups = ReadonlyMap<string, Holding>;

export const comparisons = {
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  "==": (a: number, b: number) => a === b,
  "!=": (a: number, b: number) => a !== b,
} as const;
export const operators = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
} as const;
const folds = {
  sum: (values: readonly number[]) => values.reduce((a, b) => a + b, 0),
  max: (values: readonly number[]) => Math.max(...values),
  min: (values: readonly number[]) => Math.min(...values),
  avg: (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length,
} as const;

/**
 * What a declared condition means over given series, computed from the declaration and never from the rule that was
 * made of it: what the rule is held against.
 */
export class Evaluator {
  readonly #found = new Memo<Selection, string, readonly InputSeries[]>();
  readonly #siblings = new Memo<Selection, LabelSet, InputSeries | undefined>();
  readonly #groups = new Memo<LabelSet, string, LabelSet>();

  constructor(
    private readonly reader: Reader,
    private readonly series: readonly InputSeries[],
    /** Whether a calendar is on at an evaluation. */
    private readonly isOn: (calendar: Calendar, k: number) => boolean = () => true,
  ) {}

  /** What of a condition holds at evaluation `k`, with its value. */
  holds(test: Test, k: number): readonly Holding[] {
    switch (test.op) {
      case "always": {
        const fresh = this.#within(test.given, k, test.within);
        return fresh > 0 ? [{ labels: {}, value: fresh }] : [];
      }
      case "absent": {
        const { of, over } = test;
        const isThere = over
          ? this.#within(of, k, over) > 0
          : this.#select(of).some(({ samples }) => this.#latest(samples, k) !== undefined);
        return isThere ? [] : [{ labels: this.#ofEquality(test.of), value: 1 }];
      }
      case "compare": {
        const { left } = test;
        const isLittle = (left.op === "rate" || left.op === "increase") && !test.comparison.startsWith(">");
        const groups = [...(isLittle ? this.#little(left, k) : this.value(left, k)).values()];
        // Of what can be too little, a counter that nobody has seen yet counts as zero.
        if (groups.length === 0 && isLittle) groups.push({ labels: {}, value: 0 });
        return groups
          .map((group) => (isShareOfCounts(test) ? { ...group, value: Math.min(group.value, 1) } : group))
          .filter(({ value }) => comparisons[test.comparison](value, test.threshold.value));
      }
      case "floor": {
        const enough = [...this.value(test.events, k).values()].filter(({ value }) => value >= test.atLeast.value);
        const joined = (labels: LabelSet) =>
          JSON.stringify(["job", ...labelsOfFloor(test)].map((label) => labels[label] ?? ""));
        const groups = new Set(enough.map(({ labels }) => joined(labels)));
        return this.holds(test.test, k).filter(({ labels }) => groups.has(joined(labels)));
      }
      case "during": {
        const settled = this.#window(test.settled);
        for (let at = k; at >= 0 && this.#isWithin((k - at) * this.reader.step, settled); at -= 1)
          if (!this.isOn(test.calendar, at)) return [];
        return this.holds(test.test, k);
      }
    }
  }

  /** An expression's value at evaluation `k`, by job and by the labels that it keeps apart. */
  value(node: Node, k: number): Groups {
    const end = k * this.reader.step;
    switch (node.op) {
      case "constant":
        return new Map([["constant", { labels: {}, value: node.value }]]);
      case "rate":
      case "increase":
        return this.#sumOfIncreases(node.of, "", node, k, node.op === "rate");
      case "mean":
        return this.#divided(
          this.#sumOfIncreases(node.of, "_sum", node, k),
          this.#sumOfIncreases(node.of, "_count", node, k),
        );
      case "within": {
        const bound = (labels: LabelSet) => Number(labels.le) === node.bound.value;
        const good = this.#sumOfIncreases(node.of, "_bucket", node, k, true, bound);
        return this.#divided(good, this.#sumOfIncreases(node.of, "_count", node, k));
      }
      case "quantile": {
        const buckets = this.#sumOfIncreases(node.of, "_bucket", { ...node, by: [...node.by, "le"] }, k);
        const groups = new Map<string, { labels: LabelSet; buckets: { bound: number; count: number }[] }>();
        for (const { labels: all, value } of buckets.values()) {
          const { le = "", ...labels } = all;
          const group = groups.get(keyOf(labels)) ?? { labels, buckets: [] };
          groups.set(keyOf(labels), group);
          group.buckets.push({ bound: le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le), count: value });
        }
        return new Map(
          [...groups].map(([key, { labels, buckets }]) => [key, { labels, value: quantileOf(node.q, buckets) }]),
        );
      }
      case "fold":
        return this.#grouped(
          node,
          node.by,
          folds[node.fold],
          (samples) => this.#latest(samples, k, { pastFailed: endsWithScrape(node.of) })?.value,
        );
      case "forecast": {
        const [window, ahead] = [this.#window(node.from), lapsed(this.reader.environment, node.ahead).value];
        const [half, every] = [2, forecastMoments].map((part) => Math.round((window / part) * 1000) / 1000) as [
          number,
          number,
        ];
        const { onlyBelow } = node;
        return this.#grouped(node, node.by, folds.min, (samples, labels) => {
          const before = this.#points(samples, k, half + lookback.value).filter(({ at }) => at <= end - half + 1e-6);
          if (before.length === 0) return undefined;
          if (onlyBelow) {
            const whole = this.#siblingOf(labels, onlyBelow.of);
            const [part, all] = [samples, whole?.samples ?? []].map((of) =>
              this.#latest(of, k, { pastFailed: endsWithScrape(node.of) }),
            );
            if (!part || !all || part.value >= onlyBelow.share * all.value) return undefined;
          }
          const moments = pointsEvery(samples, k, this.reader.step, { window, every }, this.reader);
          return forecastOf(moments, end, ahead);
        });
      }
      case "remaining":
        return this.#grouped(node, node.by, folds.min, (samples) => {
          const point = this.#latest(samples, k, { pastFailed: endsWithScrape(node.of) });
          return point && point.value - end;
        });
      case "skew":
        return this.#grouped(node, node.by, folds.max, (samples) => {
          const point = this.#latest(samples, k);
          return point && Math.abs(point.value - point.at);
        });
      case "arithmetic":
        return this.#joined(this.value(node.left, k), this.value(node.right, k), operators[node.operator]);
    }
  }

  /** How many series have a sample within a window. */
  #within = (of: Selection, k: number, window: Duration) =>
    this.#select(of).filter(({ samples }) => this.#points(samples, k, this.#window(window)).length > 0).length;

  /** A count that can be too little: series that are younger than the window have counted all they tell within it. */
  #little(node: Extract<Node, { op: "rate" | "increase" }>, k: number): Groups {
    const { of, by, op } = node;
    if (op === "rate" || Object.keys(of.metric.labels).length === 0) return this.value(node, k);
    const [window, end] = [this.#window(node.over), k * this.reader.step];
    const wasThere = (samples: readonly Sample[]) =>
      samples.some((sample, index) => {
        const age = end - window - index * this.reader.step;
        return typeof sample === "number" && age >= -1e-9 && this.#isWithin(age, lookback.value);
      });
    return this.#grouped({ of }, by, folds.sum, (samples) => {
      const points = this.#points(samples, k, window);
      if (wasThere(samples)) return increaseOf(points, end, window);
      return points.length > 0 ? folds.max(points.map(({ value }) => value)) : undefined;
    });
  }

  #sumOfIncreases(
    of: Selection,
    suffix: string,
    { over, by }: { over: Duration; by: readonly string[] },
    k: number,
    isRate = true,
    keep: (labels: LabelSet) => boolean = () => true,
  ): Groups {
    const [window, end] = [this.#window(over), k * this.reader.step];
    return this.#grouped(
      { of },
      by,
      folds.sum,
      (samples) => increaseOf(this.#points(samples, k, window), end, window, isRate),
      suffix,
      keep,
    );
  }

  #grouped(
    { of }: { of: Selection },
    by: readonly string[],
    fold: (values: readonly number[]) => number,
    read: (samples: readonly Sample[], labels: LabelSet) => number | undefined,
    suffix = "",
    keep: (labels: LabelSet) => boolean = () => true,
  ): Groups {
    const groups = new Map<string, { labels: LabelSet; values: number[] }>();
    for (const { labels: all, samples } of this.#select(of, suffix)) {
      if (!keep(all)) continue;
      const value = read(samples, all);
      if (value === undefined) continue;
      const labels = this.#groupOf(all, by);
      const group = groups.get(keyOf(labels)) ?? { labels, values: [] };
      groups.set(keyOf(labels), group);
      group.values.push(value);
    }
    return new Map([...groups].map(([key, { labels, values }]) => [key, { labels, value: fold(values) }]));
  }

  /** The series of another metric with the same labels. */
  #siblingOf = (labels: LabelSet, of: Selection) =>
    this.#siblings.of(of, labels, () => {
      const key = keyOf({ ...labels, __name__: "" });
      return this.#select(of).find((one) => keyOf({ ...one.labels, __name__: "" }) === key);
    });

  /** What is left of a series' labels. */
  #groupOf = (all: LabelSet, by: readonly string[]) =>
    this.#groups.of(all, by.join(), () =>
      Object.fromEntries(["job", ...by].flatMap((label) => (all[label] ? [[label, all[label]]] : []))),
    );

  #divided = (left: Groups, right: Groups) => this.#joined(left, right, operators["/"]);

  #joined(left: Groups, right: Groups, operate: (a: number, b: number) => number): Groups {
    const [one, other] = [left.get("constant"), right.get("constant")];
    if (one && other) return new Map([["constant", { labels: {}, value: operate(one.value, other.value) }]]);
    const base = one ? right : left;
    return new Map(
      [...base].flatMap(([key, { labels, value }]) => {
        const [a, b] = one ? [one.value, value] : [value, (other ?? right.get(key))?.value];
        return b === undefined ? [] : [[key, { labels, value: operate(a, b) }]];
      }),
    );
  }

  /** The series that a selection reads in this service's own jobs. */
  #select = (of: Selection, suffix = "") =>
    this.#found.of(of, suffix, () => {
      const { name, source } = of.metric;
      return this.series.filter(
        ({ labels }) =>
          labels.__name__ === `${name}${suffix}` &&
          (isOfEveryJob(source) || labels.job === jobOf(this.reader.service, source)) &&
          of.matchers.every((matcher) => matches(matcher, labels[matcher.label] ?? "")),
      );
    });

  #ofEquality = ({ metric, matchers }: Selection): LabelSet => ({
    ...(!isOfEveryJob(metric.source) && { job: jobOf(this.reader.service, metric.source) }),
    ...Object.fromEntries(
      matchers.filter(({ operator }) => operator === "=").map(({ label, value }) => [label, value]),
    ),
  });

  #points = (samples: readonly Sample[], k: number, window: number) =>
    pointsWithin(samples, k, this.reader.step, window, this.reader);
  #latest = (samples: readonly Sample[], k: number, options?: { readonly pastFailed: boolean }) =>
    latest(samples, k * this.reader.step, this.reader.step, this.reader, options);
  #isWithin = (age: number, window: number) => (this.reader.leftOpen ? age < window - 1e-9 : age <= window + 1e-9);
  #window = (of: Duration) => Math.round(lapsed(this.reader.environment, of).value * 1000) / 1000;
}
