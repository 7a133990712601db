import type { Diagnostic } from "@watchbill/model";
import { lookback } from "../conventions";
import type { Rule } from "./rules";
import { couldMatch, type Selector, selectorsOf } from "./selectors";

/** A rule and what to ask for it. */
export interface Step {
  readonly rule: Rule;
  /** The rule's expression, with `offset` where it reads what a later rule of its group recorded. */
  readonly query: string;
  /** Whether another rule reads what it writes. */
  readonly read: boolean;
  /** So long before the replay begins it must be evaluated, for others to look back on it; milliseconds. */
  readonly lead: number;
  /** How far the query looks back; milliseconds. */
  readonly reach: number;
}

export interface Plan {
  /** Each reads what the ones before have recorded, and nothing of its own. */
  readonly levels: readonly (readonly Step[])[];
  /** What is read and no rule records. */
  readonly raw: readonly Selector[];
  /** So long before the replay begins samples are read; milliseconds. */
  readonly lead: number;
  readonly mistakes: readonly Diagnostic[];
}

interface Read {
  readonly rule: Rule;
  readonly reach: number;
}

/** What is known of a rule's series before it is evaluated. */
function knownLabels({ kind, name, labels }: Rule): Readonly<Record<string, string>> {
  const plain = Object.entries(labels).filter(([, value]) => !value.includes("{{"));
  return {
    ...Object.fromEntries(plain),
    ...(kind === "recording" ? { __name__: name } : { __name__: "ALERTS", alertname: name }),
  };
}

/**
 * In which order to evaluate what the alerts need, and with `windows` what any rule looks back at over time. What a rule
 * reads is what the rules recorded at the same moment, whatever their groups: in Prometheus the groups take turns within
 * an interval. Within a group the order holds: of a later rule it reads the evaluation before.
 */
export function plan(rules: readonly Rule[], windows = false): Plan {
  const known = rules.map((rule) => ({ rule, labels: knownLabels(rule) }));
  const reads = new Map<Rule, readonly Read[]>();
  const raw = new Map<Rule, readonly Selector[]>();
  const queries = new Map<Rule, string>();
  for (const rule of rules) {
    const isLater = (one: Rule) => one.file === rule.file && one.group === rule.group && one.index > rule.index;
    const found = selectorsOf(rule.expr).map((selector) => ({
      selector,
      rules: known.filter(({ labels }) => couldMatch(selector, labels)).map((one) => one.rule),
    }));
    reads.set(
      rule,
      found.flatMap(({ selector: { reach }, rules: read }) => read.map((one) => ({ rule: one, reach }))),
    );
    raw.set(
      rule,
      found.flatMap(({ selector, rules: read }) => (read.length === 0 ? selector : [])),
    );
    const later = found.flatMap(({ selector: { end }, rules: read }) =>
      end !== undefined && read.length > 0 && read.every(isLater) ? end : [],
    );
    queries.set(rule, withOffsets(rule.expr, later, rule.interval));
  }
  const readBy = (rule: Rule) => reads.get(rule) ?? [];

  const needed = new Set<Rule>();
  const visit = (rule: Rule) => {
    if (needed.has(rule)) return;
    needed.add(rule);
    for (const one of readBy(rule)) visit(one.rule);
  };
  for (const rule of rules) {
    if (rule.kind === "alerting") visit(rule);
    if (windows) for (const { rule: read, reach } of readBy(rule)) if (reach > 0) visit(read);
  }
  const { levels, left } = levelsOf([...needed], (rule) => readBy(rule).map((one) => one.rule));

  // From those that nobody reads to those that others look back on.
  const leads = new Map<Rule, number>();
  let lead = 0;
  for (const rule of levels.flat().reverse()) {
    const own = Math.max(leads.get(rule) ?? 0, rule.kind === "alerting" ? rule.holdsFor + rule.keepsFiringFor : 0);
    leads.set(rule, own);
    for (const { rule: read, reach } of readBy(rule)) {
      leads.set(read, Math.max(leads.get(read) ?? 0, own + reach + rule.interval));
    }
    for (const { reach } of raw.get(rule) ?? []) lead = Math.max(lead, own + reach + lookback.value * 1000);
  }
  const readByOthers = new Set([...needed].flatMap((rule) => readBy(rule).map((one) => one.rule)));
  return {
    levels: levels.map((level) =>
      level.map((rule) => ({
        rule,
        query: queries.get(rule)!,
        read: readByOthers.has(rule),
        lead: leads.get(rule) ?? 0,
        reach: Math.max(0, ...[...readBy(rule), ...(raw.get(rule) ?? [])].map((one) => one.reach)),
      })),
    ),
    raw: [...needed].flatMap((rule) => raw.get(rule) ?? []),
    lead,
    mistakes: left.map(circular),
  };
}

/** Rules in the order of who reads whom, and those of circles. */
function levelsOf(
  rules: readonly Rule[],
  readsOf: (rule: Rule) => readonly Rule[],
): { readonly levels: readonly (readonly Rule[])[]; readonly left: readonly Rule[] } {
  const levels: Rule[][] = [];
  const left = new Set(rules);
  while (left.size > 0) {
    const ready = [...left].filter((rule) => !readsOf(rule).some((one) => left.has(one)));
    if (ready.length === 0) break;
    for (const rule of ready) left.delete(rule);
    levels.push(ready);
  }
  const reaches = (from: Rule, to: Rule, seen = new Set<Rule>()): boolean =>
    readsOf(from).some((one) => one === to || (!seen.has(one) && reaches(one, to, seen.add(one))));
  return { levels, left: [...left].filter((rule) => reaches(rule, rule)) };
}

const circular = (rule: Rule): Diagnostic => ({
  code: "rules-circular",
  severity: "error",
  path: `${rule.file}/${rule.group}/${rule.name}`,
  message: `${rule.name} reads what it records itself, so that it can't be evaluated over all times at once`,
  hint: "leave its file out, or name what it reads otherwise",
});

function withOffsets(query: string, ends: readonly number[], interval: number): string {
  let text = query;
  for (const end of [...ends].sort((one, other) => other - one)) {
    text = `${text.slice(0, end)} offset ${interval}ms${text.slice(end)}`;
  }
  return text;
}
