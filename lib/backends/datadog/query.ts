import { isRecorded, type Metric, type Node } from "@watchbill/model";
import { cancelWindows, countQuery, POINT, type Style, withinQueries } from "./count-query";
import { constant } from "./formula";
import { machineQuery } from "./machine-query";
import { metricName } from "./names";
import { join, type Leaf, plainQuery, type Scope, type Translated } from "./plain-query";
import { accepted, Refusal } from "./refusal";
import { syntheticsQuery } from "./synthetics-query";

/** A percentile takes at most two decimals (https://docs.datadoghq.com/metrics/distributions/). */
function percentile(q: number): string | Refusal {
  const percent = Number((q * 100).toPrecision(12));
  return Number.isInteger(Number((percent * 100).toPrecision(12)))
    ? `p${percent}`
    : new Refusal(`the ${percent}th percentile`, "give it at most two decimals");
}

/** The Agent doesn't read the monitoring servers; what it can't read itself is told by `targetMonitors`. */
const isOfWatchers = ({ source }: Metric) =>
  source === "prometheus" || source === "alertmanager" || source === "scrape";

function translateLeaf(node: Leaf, scope: Scope, style: Style): Translated {
  const { metric } = node.of;
  if (isRecorded(metric)) return new Refusal("what is usual at an hour", "use one of its own anomaly monitors");
  if (node.op === "remaining")
    return new Refusal(`how long it is until ${metric.name}`, "hold the certificate of one check against a limit");
  if (metric.source === "nodes") return new Refusal(`${metric.name} of every machine`, "watch each service's own");
  if (metric.source === "blackbox") return syntheticsQuery(node, scope);
  if (metric.source === "node") return machineQuery(node, scope);
  if (isOfWatchers(metric))
    return new Refusal(`${metric.name}, which Prometheus knows alone`, "leave it to Prometheus");
  const name = metricName(scope.service, metric);
  // What stands beside counts in points of a minute must be in such points too.
  const isRolled = style === "held" || style === "trailing";
  const points = isRolled ? `.rollup(${POINT})` : "";
  switch (node.op) {
    case "rate":
    case "increase":
      return countQuery(node, scope, style);
    case "fold":
      return plainQuery(node.fold, name, node, scope, isRolled ? `.rollup(avg, ${POINT})` : "");
    case "quantile": {
      const aggregator = percentile(node.q);
      return accepted(aggregator) ? plainQuery(aggregator, name, node, scope, points) : aggregator;
    }
    case "mean":
      return plainQuery("avg", name, node, scope, points);
    case "within": {
      const { good, all } = withinQueries(
        node,
        scope,
        style === "total" ? ".as_count()" : `.as_rate().rollup(${POINT})`,
      );
      return join(good, "/", all);
    }
    case "skew":
      return new Refusal("how far a clock is off", "watch it with the Agent's own check of NTP");
    case "forecast":
      return new Refusal("a forecast that is calculated with", "hold the forecast itself against a limit");
  }
}

/** A tree in Datadog's terms. */
export function translate(node: Node, scope: Scope, style: Style): Translated {
  if (node.op === "constant") return constant(node.value);
  if (node.op !== "arithmetic") return translateLeaf(node, scope, style);
  const { operator, left, right } = cancelWindows(node, style);
  return join(translate(left, scope, style), operator, translate(right, scope, style));
}
