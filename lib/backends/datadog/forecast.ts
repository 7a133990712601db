import type { Duration } from "@watchbill/model";
import { formatDuration } from "../../lapse";
import { against, type Comparison, type Evaluation, groupsOf } from "./evaluation";
import { machineQuery } from "./machine-query";
import { metricName } from "./names";
import { type Leaf, plainQuery, type Scope } from "./plain-query";
import { accepted, Refusal } from "./refusal";

const HOUR = 3600;
const spans = [
  ["w", 168],
  ["d", 24],
  ["h", 1],
] as const;

/** Whole hours as Datadog writes them: `12h`, `3d`, `1w`. */
function span(hours: number): string {
  const [letter, size] = spans.find(([, size]) => hours % size === 0) ?? ["h", 1];
  return `${hours / size}${letter}`;
}

/** Points that a line is drawn through at least, so that one odd value does not turn it. */
const POINTS = 72;
/** Minutes between two of them; an hour is Datadog's own. */
const intervals = [60, 30, 20, 10, 5, 1] as const;

const interval = (history: number) => intervals.find((one) => (history * 60) / one >= POINTS) ?? 1;

/**
 * A forecast held against a limit (https://docs.datadoghq.com/monitors/types/forecasts/). Datadog looks ahead 12 hours to
 * 3 months; its model `simple` is the one that draws a straight line through as much of the past as it is told, as
 * Prometheus does, where `default` follows the latest turn. It looks at a line and not at how long it has been so: a hold
 * is left out, and said to be.
 */
export function forecastQuery(
  node: Extract<Leaf, { op: "forecast" }>,
  { comparison, threshold }: Comparison,
  held: Duration,
  scope: Scope,
): Evaluation | Refusal {
  const ahead = Math.ceil(node.ahead.value / HOUR);
  if (ahead < 12 || ahead > 90 * 24) {
    return new Refusal(`a forecast of ${formatDuration(node.ahead)}`, "look ahead between 12 hours and 3 months");
  }
  const isBelow = comparison.startsWith("<");
  const fold = isBelow ? "min" : "max";
  const gauge = { op: "fold", fold, of: node.of, by: node.by } as const;
  const series =
    node.of.metric.source === "node"
      ? machineQuery(gauge, scope)
      : plainQuery(fold, metricName(scope.service, node.of.metric), gauge, scope);
  if (!accepted(series)) return series;
  const { text, limit, critical } = against(series, threshold);
  const history = Math.max(1, Math.ceil(node.from.value / HOUR));
  const settings = `'linear', 1, interval='${interval(history)}m', history='${span(history)}', model='simple'`;
  const operator = isBelow ? "<=" : ">=";
  return {
    query: `${fold}(next_${span(ahead)}):forecast(${text}, ${settings}) ${operator} ${limit}`,
    critical,
    groups: groupsOf(node),
    onMissingData: "resolve",
    ...(held.value > 0 && { unlike: `Unlike in Prometheus, it is told at once, not after ${formatDuration(held)}.` }),
  };
}
