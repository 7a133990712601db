import { formerNames, type Node, type Service } from "@watchbill/model";
import { combine, constant, type Formula, type Operator, query } from "./formula";
import { filter, type Selected, type TagOf } from "./matcher";
import { tagValue } from "./names";
import { accepted, Refusal, refusalIn } from "./refusal";
import { systemTags } from "./system-metrics";

/** Whose data a query reads. */
export interface Scope {
  readonly service: Service;
  readonly environment: string;
}

/** `service` and `env` are tags of everything, hosts too (https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/). */
export const scopeTags = ({ service, environment }: Scope) => [`env:${environment}`, serviceTag(service)];

/** What was recorded under a former name is the service's too. */
const serviceTag = (service: Service) => {
  const former = formerNames(service);
  return former.length === 0
    ? `service:${service.name}`
    : `service IN (${[service.name, ...former].map(tagValue).join(",")})`;
};

/** A tree's leaf: a node that reads a metric. */
export type Leaf = Exclude<Node, { op: "arithmetic" | "constant" }>;
export type Translated = Formula | Refusal;

/** The tag that a label of a metric becomes. */
export const tagOf =
  ({ metric }: Pick<Selected, "metric">): TagOf =>
  (label) =>
    metric.source === "node" ? systemTags[label] : label;

/** One plain query: `sum:tickets.http_requests.count{env:production,service:tickets} by {route}.as_rate()`. */
export function plainQuery(
  aggregator: string,
  name: string,
  { of, by }: { readonly of: Selected; readonly by: readonly string[] },
  scope: Scope,
  modifiers = "",
): Translated {
  const toTag = tagOf(of);
  const braces = filter(scopeTags(scope), of, toTag);
  if (!accepted(braces)) return braces;
  const tags = by.map((label) => toTag(label) ?? new Refusal(`"by ${label}" of ${name}`, "leave that label out"));
  const refusal = refusalIn(tags);
  if (refusal) return refusal;
  const groups = tags.length > 0 ? ` by {${[...new Set(tags)].join(",")}}` : "";
  return query(`${aggregator}:${name}{${braces}}${groups}${modifiers}`);
}

/** Two translations combined, unless one of them is refused. */
export function join(left: Translated, operator: Operator, right: Translated): Translated {
  if (!accepted(left)) return left;
  return accepted(right) ? combine(left, operator, right) : right;
}

export const times = (of: Translated, factor: number) => join(of, "*", constant(factor));
export const per = (of: Translated, divisor: number) => join(of, "/", constant(divisor));
