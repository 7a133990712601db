import type { Duration, Matcher, Metric, Node, Service } from "@watchbill/model";
import { formatDuration } from "../../lapse";
import { type Count, printNode } from "./promql";
import type { RuleGroup } from "./rule-file";
import { ruleScope } from "./style";

/** What is counted at a time: counts over 5 m that lie 5 m apart tile any longer window, and one scrape in twenty is read. */
const tile: Duration = { value: 300, unit: "seconds" };

/** Longer windows than this are put together from recorded counts; an hour of raw samples costs next to nothing. */
const longest: Duration = { value: 3600, unit: "seconds" };
const isLong = (window: Duration) => window.value > longest.value;

const countsIn = (node: Node): readonly Count[] => {
  if (node.op === "arithmetic") return [...countsIn(node.left), ...countsIn(node.right)];
  return node.op === "increase" && isLong(node.over) ? [node] : [];
};

interface Recorded {
  readonly metric: Metric;
  /** What must be kept apart for every panel to find its own series. */
  readonly labels: readonly string[];
  readonly series: string;
}

/** `job_instance_status:orders_created:increase5m` (https://prometheus.io/docs/practices/rules/). */
const seriesName = (metric: Metric, labels: readonly string[]) =>
  `${labels.join("_")}:${metric.name.replace(/_total$/, "")}:increase${formatDuration(tile)}`;

function findRecorded(service: Service): ReadonlyMap<string, Recorded> {
  const counts = service.watch.flatMap(({ panels }) =>
    panels.flatMap(({ series }) => series.flatMap(({ of }) => countsIn(of.node))),
  );
  const recorded = new Map<string, Recorded>();
  for (const { of, by } of counts) {
    const { metric, matchers } = of;
    const wanted = [...by, ...matchers.map(({ label }: Matcher) => label)].filter((label) => label !== "instance");
    const before = recorded.get(metric.name)?.labels.slice(2) ?? [];
    const labels = ["job", "instance", ...[...new Set([...before, ...wanted])].sort()];
    recorded.set(metric.name, { metric, labels, series: seriesName(metric, labels) });
  }
  return recorded;
}

const known = new WeakMap<Service, ReadonlyMap<string, Recorded>>();

/** The counters that panels of a service count over long windows, by name. */
function recordedOf(service: Service): ReadonlyMap<string, Recorded> {
  const found = known.get(service) ?? findRecorded(service);
  known.set(service, found);
  return found;
}

/**
 * The rules that record what panels count over long windows; no rules if none does. They keep to the clock on the wall,
 * as the panels do, and every minute is often enough for counts that are read five minutes apart.
 */
export function countRecordings(service: Service): RuleGroup {
  const style = { scope: ruleScope(service), window: formatDuration };
  return {
    name: `${service.name}-counts`,
    interval: "1m",
    rules: [...recordedOf(service).values()]
      .sort((a, b) => (a.series < b.series ? -1 : 1))
      .map(({ metric, labels, series }) => ({
        record: series,
        expr: printNode({ op: "increase", of: metric.where({}), over: tile, by: labels.slice(1) }, style),
      })),
  };
}

/** The recorded series of a count over a long window, and the subquery that sums it; nothing for a count that is not recorded. */
export function recordedCount(service: Service, { op, of }: Count, over: Duration) {
  const found = op === "increase" && isLong(over) ? recordedOf(service).get(of.metric.name) : undefined;
  return found && { series: found.series, subquery: `${formatDuration(over)}:${formatDuration(tile)}` };
}
