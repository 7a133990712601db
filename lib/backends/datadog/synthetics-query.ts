import { combine, constant, type Formula } from "./formula";
import type { Selected } from "./matcher";
import { join, type Leaf, plainQuery, type Scope, type Translated } from "./plain-query";
import { accepted, Refusal } from "./refusal";

const passedOf = (_: string, filter: string) => `{${filter}${filter.includes(" AND ") ? " AND " : ","}status:success}`;

/** Runs of a check's tests: those that passed, and all. */
export function testRuns(
  leaf: { readonly of: Selected; readonly by: readonly string[] },
  scope: Scope,
): { readonly passed: Formula; readonly all: Formula } | Refusal {
  const all = plainQuery("sum", "synthetics.test_runs", leaf, scope, ".as_count()");
  if (!accepted(all)) return all;
  return { passed: all.kind === "query" ? { ...all, text: all.text.replace(/\{(.*?)\}/, passedOf) } : all, all };
}

/**
 * A metric of blackbox_exporter, read from Synthetic Monitoring: a test's own tags are on its metrics, so `check`,
 * `service` and `env` select as they do in Prometheus (https://docs.datadoghq.com/synthetics/metrics/).
 */
export function syntheticsQuery(node: Leaf, scope: Scope): Translated {
  const { name } = node.of.metric;
  if (node.op === "fold" && name === "probe_success") {
    const runs = testRuns(node, scope);
    return accepted(runs) ? combine(runs.passed, "/", runs.all) : runs;
  }
  if (node.op === "fold" && name === "probe_duration_seconds") {
    return join(plainQuery(node.fold, "synthetics.http.response.time", node, scope), "/", constant(1000));
  }
  return new Refusal(`${name} of blackbox_exporter`, "let an uptime check expect it");
}
