import type { Matcher, Selection } from "@watchbill/model";
import { tagText, tagValue } from "./names";
import { accepted, Refusal, refusalIn } from "./refusal";

/** What a query reads: a metric, and which of its series. */
export type Selected = Pick<Selection, "metric" | "matchers">;

/** One condition on a tag; a value may begin or end with `*`. */
interface Term {
  readonly tag: string;
  readonly values: readonly string[];
  readonly negated: boolean;
}

const withoutEscapes = (text: string) => text.replace(/\\(.)/g, "$1");
const isLiteral = (text: string) => !/[\^$.*+?()[\]{}|\\]/.test(text.replace(/\\[^A-Za-z0-9]/g, ""));

/** One alternative of a regular expression as a tag's value: a literal, with at most one wildcard at an end. */
function wildcard(alternative: string): string | undefined {
  const open = /^(.+?)(?:\.[*+]|\.+)$/.exec(alternative);
  if (open?.[1] && isLiteral(open[1])) return `${tagText(withoutEscapes(open[1]))}*`;
  const closed = /^\.[*+](.+)$/.exec(alternative);
  if (closed?.[1] && isLiteral(closed[1])) return `*${tagValue(withoutEscapes(closed[1]))}`;
  return alternative !== "" && isLiteral(alternative) ? tagValue(withoutEscapes(alternative)) : undefined;
}

/** A regular expression over a label whose values are known is the list of those that it matches. */
function matching({ label, value }: Matcher, { metric }: Selected): readonly string[] | undefined {
  const known = metric.labels[label];
  if (known && !("atMost" in known)) {
    return known.filter((one) => new RegExp(`^(?:${value})$`).test(one)).map(tagValue);
  }
  const found = value.split(/(?<!\\)\|/).map(wildcard);
  return found.every((one) => one !== undefined) ? found : undefined;
}

function values(matcher: Matcher, selection: Selected): readonly string[] | Refusal {
  const { label, operator, value } = matcher;
  if (!operator.endsWith("~")) {
    return value === ""
      ? new Refusal(`that ${selection.metric.name} lacks the label ${label}`, "match the values that it can have")
      : [tagValue(value)];
  }
  const found = matching(matcher, selection) ?? [];
  return found.length > 0
    ? found
    : new Refusal(
        `the regular expression /${value}/ on the label ${label}`,
        "list the values, or match a prefix such as /5../",
      );
}

/** The key of the tag that a label becomes; nothing when it becomes none. */
export type TagOf = (label: string) => string | undefined;

function term(matcher: Matcher, selection: Selected, tagOf: TagOf): Term | Refusal {
  const tag = tagOf(matcher.label);
  if (tag === undefined) {
    return new Refusal(`the label ${matcher.label} of ${selection.metric.name}`, "leave that label out");
  }
  const found = values(matcher, selection);
  if (!accepted(found)) return found;
  return { tag, values: [...new Set(found)], negated: matcher.operator.startsWith("!") };
}

const symbolic = ({ tag, values, negated }: Term) => `${negated ? "!" : ""}${tag}:${values[0]}`;

function functional({ tag, values, negated }: Term): string {
  if (values.length === 1) return `${negated ? "NOT " : ""}${tag}:${values[0]}`;
  if (!values.some((value) => value.includes("*"))) return `${tag} ${negated ? "NOT IN" : "IN"} (${values.join(",")})`;
  const each = values.map((value) => `${negated ? "NOT " : ""}${tag}:${value}`);
  return negated ? each.join(" AND ") : `(${each.join(" OR ")})`;
}

/**
 * A selection as what stands in a query's braces. The signs `,` and `!` can't stand beside the words AND, NOT and IN
 * (https://docs.datadoghq.com/metrics/advanced-filtering/), so words are used only where a list needs them.
 */
export function filter(scope: readonly string[], selection: Selected, tagOf: TagOf): string | Refusal {
  const terms = selection.matchers.map((matcher) => term(matcher, selection, tagOf));
  const refusal = refusalIn(terms);
  if (refusal) return refusal;
  const said = terms.filter(accepted);
  return said.every(({ values }) => values.length === 1) && scope.every((tag) => !tag.includes(" IN "))
    ? [...scope, ...said.map(symbolic)].join(",")
    : [...scope, ...said.map(functional)].join(" AND ");
}
