import { combine, constant } from "./formula";
import { join, type Leaf, plainQuery, type Scope, type Translated } from "./plain-query";
import { accepted, Refusal } from "./refusal";

const passedOf = (_: string, filter: string) => `{${filter}${filter.includes(" AND ") ? " AND " : ","}status:success}`;

/**
 * A metric of blackbox_exporter, read from Synthetic Monitoring: a test's own tags are on its metrics, so `check`,
 * `service` and `env` select as they do in Prometheus (https://docs.datadoghq.com/synthetics/metrics/).
 */
export function syntheticsQuery(node: Leaf, scope: Scope): Translated {
  const { name } = node.of.metric;
  if (node.op === "fold" && name === "probe_success") {
    const runs = plainQuery("sum", "synthetics.test_runs", node, scope, ".as_count()");
    if (!accepted(runs) || runs.kind !== "query") return runs;
    return combine({ ...runs, text: runs.text.replace(/\{(.*?)\}/, passedOf) }, "/", runs);
  }
  if (node.op === "fold" && name === "probe_duration_seconds") {
    return join(plainQuery(node.fold, "synthetics.http.response.time", node, scope), "/", constant(1000));
  }
  return new Refusal(`${name} of blackbox_exporter`, "let an uptime check expect it");
}
