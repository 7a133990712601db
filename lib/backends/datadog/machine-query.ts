import { fileSystemsOfNoDisk, Selection } from "@watchbill/model";
import { join, type Leaf, per, plainQuery, type Scope, type Translated, times } from "./plain-query";
import { Refusal } from "./refusal";
import { processorMetrics, systemMetric } from "./system-metrics";

/** The Agent's own settings leave out what is no disk, so that no query has to. */
const ofDisks = (node: Leaf): Leaf => {
  const matchers = node.of.matchers.filter(
    ({ label, operator, value }) =>
      !(label === "fstype" && operator === "!~" && value === fileSystemsOfNoDisk.join("|")),
  );
  return { ...node, of: new Selection(node.of.metric, matchers) } as Leaf;
};

/** A metric of node_exporter, read from the Agent's own metrics, which are gauges all of them. */
export function machineQuery(given: Leaf, scope: Scope): Translated {
  const node = ofDisks(given);
  const { name } = node.of.metric;
  const modes = node.op === "rate" ? processorMetrics(node.of) : undefined;
  if (modes && modes.length > 0) return processors(node, modes, scope);
  const known = systemMetric(name);
  if (node.op === "fold" && known && !known.isRate) return plainQuery(node.fold, known.name, node, scope);
  if (node.op === "rate" && known?.isRate) {
    const sum = plainQuery("sum", known.name, node, scope);
    return known.size === 1 ? sum : times(sum, known.size);
  }
  return known
    ? new Refusal(`${node.op} of ${name}, which the Agent tells as ${known.name}`, "take its rate or its value")
    : new Refusal(
        `${name} of node_exporter`,
        "read another metric, or add it to lib/backends/datadog/system-metrics.ts",
      );
}

/** Processors at work: the Agent tells the share of all, so it is multiplied by how many there are. */
function processors(node: Leaf, modes: readonly string[], scope: Scope): Translated {
  if (!node.by.includes("instance")) {
    return new Refusal("processor time summed over machines", 'keep the machines apart: by: ["instance"]');
  }
  const of = { metric: node.of.metric, matchers: [] };
  const read = (metric: string) => plainQuery("avg", metric, { of, by: node.by }, scope);
  const percent = modes.map(read).reduce((sum, one) => join(sum, "+", one));
  return join(per(percent, 100), "*", read("system.cpu.num_cores"));
}
