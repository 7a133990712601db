import { type Environment, type Metric, type Service, seriesBound } from "@watchbill/model";
import { type Check, list, mistake } from "./check";

/** One metric of one service: at how many targets it is exposed, and the most series that all of these can have. */
interface Bound {
  readonly service: string;
  readonly metric: Metric;
  readonly targets: number;
  readonly most: number;
}

function boundsOf({ at }: Environment, { name, metrics }: Service): readonly Bound[] {
  const targets = at[name]?.targets;
  return Object.values(metrics).map((metric) => {
    const many = targets?.[metric.source]?.length ?? 0;
    return { service: name, metric, targets: many, most: seriesBound(metric) * many };
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The bounds by a name, the largest sum first, three of them. */
function largest(bounds: readonly Bound[], nameOf: (bound: Bound) => string) {
  const groups = new Map<string, Bound[]>();
  for (const bound of bounds) groups.set(nameOf(bound), [...(groups.get(nameOf(bound)) ?? []), bound]);
  return [...groups]
    .map(([name, of]) => ({ name, of, most: sum(of.map(({ most }) => most)) }))
    .sort((a, b) => b.most - a.most)
    .slice(0, 3);
}

/** What a metric's series are multiplied from: `method 5 × route 50 × 12 buckets at each of 10 targets`. */
function product(of: readonly Bound[]): string {
  const [widest] = [...of].sort((a, b) => seriesBound(b.metric) - seriesBound(a.metric));
  if (!widest) return "";
  const { labels, kind, buckets } = widest.metric;
  const factors = [
    ...Object.entries(labels).map(
      ([label, values]) => `${label} ${"atMost" in values ? values.atMost : values.length}`,
    ),
    ...(kind === "histogram" ? [`${buckets.length + 3} of buckets, sum and count`] : []),
  ];
  const targets = sum(of.map(({ targets: many }) => many));
  return `${factors.join(" × ") || "1"} at ${targets === 1 ? "one target" : `each of ${targets} targets`}`;
}

/**
 * No more series than the environment is meant to hold. Declared metrics count, with their largest number of label
 * values; what exporters and the default process metrics add besides (some 40 a process, 500 a machine) does not.
 */
export const seriesBounds: Check = ({ environment, services }) => {
  const { name, seriesAtMost, place } = environment;
  if (seriesAtMost === undefined) return [];
  const bounds = services.flatMap((service) => boundsOf(environment, service));
  const total = sum(bounds.map(({ most }) => most));
  if (total <= seriesAtMost) return [];
  const metrics = largest(bounds, ({ metric }) => metric.name).map(
    (one) => `${one.name} ${one.most} (${product(one.of)})`,
  );
  const ofServices = largest(bounds, ({ service }) => service).map((one) => `${one.name} ${one.most}`);
  return [
    mistake(
      "too-many-series",
      `${name}/seriesAtMost`,
      place,
      `its metrics may have ${total} series, more than ${seriesAtMost}; the most: ${list(metrics)}; by service: ${list(ofServices)}`,
      "bound their labels lower, drop a label, or raise `seriesAtMost`",
    ),
  ];
};
