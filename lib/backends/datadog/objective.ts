import { type BurnTier, type Environment, kebab, type Matcher, type Objective, type Service } from "@watchbill/model";
import { burnAlertId } from "../../conventions";
import { formatQuantity } from "../../format-quantity";
import { formatDuration } from "../../lapse";
import { handles, isUrgent, serviceTags, wakesSomebody } from "./calling";
import { withinQueries } from "./count-query";
import { formerKeys } from "./former-keys";
import { formatNumber, printFormula } from "./formula";
import { lastingMonitors } from "./lasting";
import type { Selected } from "./matcher";
import { notification, objectiveLinks } from "./message";
import { calling, titled } from "./monitor";
import { metricName } from "./names";
import { join, plainQuery, type Scope, type Translated } from "./plain-query";
import { referenceTo } from "./reference";
import { accepted, Refusal } from "./refusal";
import type { Monitor, ServiceLevelObjective } from "./resources";
import { testRuns } from "./synthetics-query";

const DAY = 86400;
const HOUR = 3600;

/** The windows that Datadog keeps an objective over (https://docs.datadoghq.com/service_level_objectives/). */
const timeframes = { "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY } as const;
type Timeframe = keyof typeof timeframes;

const timeframeOf = ({ over }: Objective) =>
  (Object.keys(timeframes) as Timeframe[]).find((name) => timeframes[name] === over.value);

export const objectiveKey = (service: Service, objective: Objective) => `${service.name}-${objective.id}`;

const opposite = { "=": "!=", "!=": "=", "=~": "!~", "!~": "=~" } as const;

/** The one matcher by which bad events differ from all; nothing when they differ otherwise. */
function distinction(bad: Selected, all: Selected): Matcher | undefined {
  if (bad.metric.name !== all.metric.name) return undefined;
  const same = (a: Matcher) => (b: Matcher) => a.label === b.label && a.operator === b.operator && a.value === b.value;
  const more = bad.matchers.filter((matcher) => !all.matchers.some(same(matcher)));
  return more.length === 1 && bad.matchers.length === all.matchers.length + 1 ? more[0] : undefined;
}

/**
 * Good events and all, both counted. Good ones are selected where they can be: subtracting bad ones that have never
 * happened, and so have no series, would leave nothing.
 */
function counts({ indicator }: Objective, scope: Scope): { good: Translated; all: Translated } {
  if (indicator.kind === "latency") {
    const over = { value: 60, unit: "seconds" } as const;
    return withinQueries({ op: "within", of: indicator.of, bound: indicator.bound, over, by: [] }, scope);
  }
  if (indicator.kind === "probes") {
    const { of } = indicator;
    // Not of the test's own monitor: Datadog has no burn-rate alerts for an objective of such monitors.
    const runs =
      of.metric.name === "probe_success"
        ? testRuns({ of, by: [] }, scope)
        : new Refusal(`the share of time that ${of.metric.name} is 1`, "let an uptime check probe it");
    return accepted(runs) ? { good: runs.passed, all: runs.all } : { good: runs, all: runs };
  }
  const { bad, all } = indicator;
  const count = (of: Selected) =>
    plainQuery("sum", metricName(scope.service, of.metric), { of, by: [] }, scope, ".as_count()");
  const by = distinction(bad, all);
  const good = by && { ...all, matchers: [...all.matchers, { ...by, operator: opposite[by.operator] }] };
  return { good: good ? count(good) : join(count(all), "-", count(bad)), all: count(all) };
}

/** Hours that a burn rate is taken of at most (https://docs.datadoghq.com/service_level_objectives/burn_rate/). */
const LOOKS_BACK = 48;

/** A slower tier keeps its pace. */
function windows({ long, short }: BurnTier) {
  const hours = Math.min(LOOKS_BACK, long.value / HOUR);
  const minutes = hours * HOUR < long.value ? (hours * 60) / 12 : short.value / 60;
  return { long: `${hours}h`, short: `${minutes}m` };
}

/** What a monitor of an objective's budget says, beside whom it calls. */
interface BudgetAlert {
  readonly suffix: string;
  /** What it was called before. */
  readonly formerSuffixes?: readonly string[];
  readonly pages: boolean;
  /** Behind the objective's title. */
  readonly name: string;
  readonly summary: string;
  readonly begun: string;
  readonly query: (reference: string) => string;
  readonly critical: number;
}

function budgetMonitor(
  environment: Environment,
  service: Service,
  objective: Objective,
  { suffix, formerSuffixes, pages, name, summary, begun, query, critical }: BudgetAlert,
): Monitor {
  const id = burnAlertId(pages);
  const severity = pages ? "critical" : "high";
  const key = objectiveKey(service, objective);
  return {
    key: `${key}${suffix}`,
    ...formerKeys(service, objective, suffix, formerSuffixes),
    name: titled(service, environment, `${objective.title}: ${name}`),
    type: "slo alert",
    query: query(referenceTo("objective", key)),
    message: notification({
      begun: `${summary} ${begun}`,
      summary,
      isUrgent: isUrgent(severity),
      links: objectiveLinks(environment, service, kebab(id)),
      handles: handles(environment, severity, service.owner),
    }),
    ...calling(service, environment, id, severity),
    thresholds: { critical },
    notifyNoData: false,
    renotifyStatuses: ["alert"],
  };
}

/**
 * A tier is known by its long window as it is declared, not by what Datadog makes of it: two slow ones are two. Once it
 * was the other way round.
 */
function burnSuffixes({ long }: BurnTier, tiers: readonly BurnTier[]) {
  const [hours, longest] = [long.value / HOUR, LOOKS_BACK];
  const isTaken = tiers.some((other) => other.long.value === longest * HOUR);
  const isFirst = tiers.find((other) => other.long.value > longest * HOUR)?.long.value === long.value;
  return {
    suffix: `-burn-${hours}h`,
    ...(isFirst && !isTaken && { formerSuffixes: [`-burn-${longest}h`] }),
  };
}

function burnAlert({ title, over, tiers }: Objective, tier: BurnTier, timeframe: Timeframe): BudgetAlert {
  const pace = tier.pages ? "fast" : "steadily";
  const { long, short } = windows(tier);
  const spent = formatDuration({
    value: Math.round(over.value / tier.factor / HOUR) * HOUR,
    unit: "seconds",
  });
  return {
    ...burnSuffixes(tier, tiers),
    pages: tier.pages,
    name: `the error budget burns ${pace} (${long})`,
    summary: `The error budget burns ${pace}.`,
    begun: `The objective "${title}" loses its budget {{value}} times as fast as it may; at a pace of ${formatNumber(tier.factor)} all of it is gone within ${spent}.`,
    query: (slo) =>
      `burn_rate("${slo}").over("${timeframe}").long_window("${long}").short_window("${short}") > ${formatNumber(tier.factor)}`,
    critical: tier.factor,
  };
}

/** Of a budget that is spent, in percent: Datadog alerts on no share beyond the whole. */
const SPENT = 99;

/** Sooner than `alertBelow`, which may be the budget several times over. */
const spentAlert = ({ title }: Objective, timeframe: Timeframe): BudgetAlert => ({
  suffix: "-spent",
  pages: false,
  name: "the error budget is spent",
  summary: "The error budget is spent.",
  begun: `Of the budget of the objective "${title}", {{value}} % is spent.`,
  query: (slo) => `error_budget("${slo}").over("${timeframe}") > ${SPENT}`,
  critical: SPENT,
});

/** What it promises; and what Datadog's burn-rate alerts, which know no floor of events, can't keep. */
function describe({ title, target, over, floor, alertBelow }: Objective): string {
  const promise = `${title}: ${formatNumber(target.value * 100)} % over ${formatDuration(over)}.`;
  const unlike = [
    ...(floor > 0 ? [`its burn rates are told of fewer than ${floor} events too`] : []),
    ...(alertBelow ? [`a spent budget is told at once, not below ${formatQuantity(alertBelow)}`] : []),
  ];
  return unlike.length > 0 ? `${promise} Unlike in Prometheus, ${unlike.join(", and ")}.` : promise;
}

/** An objective and the monitors of its burn rate, one a tier. */
export function objectiveResources(
  environment: Environment,
  service: Service,
  objective: Objective,
): { readonly objectives: readonly ServiceLevelObjective[]; readonly monitors: readonly Monitor[] } | Refusal {
  const timeframe = timeframeOf(objective);
  if (!timeframe) {
    return new Refusal(`an objective over ${formatDuration(objective.over)}`, "keep it over 7, 30 or 90 days");
  }
  const { good, all } = counts(objective, { service, environment: environment.name });
  if (!accepted(good)) return good;
  if (!accepted(all)) return all;
  const slo: ServiceLevelObjective = {
    key: objectiveKey(service, objective),
    ...formerKeys(service, objective),
    name: titled(service, environment, objective.title),
    description: describe(objective),
    tags: serviceTags(service, environment),
    indicator: { type: "metric", numerator: printFormula(good), denominator: printFormula(all) },
    thresholds: [{ timeframe, target: Number((objective.target.value * 100).toPrecision(12)) }],
  };
  const odd = objective.tiers.find(({ long }) => long.value % HOUR !== 0);
  if (odd) {
    return new Refusal(`a burn-rate window of ${formatDuration(odd.long)}`, "take a long window of whole hours");
  }
  const lasting = lastingMonitors(environment, service, objective);
  if (!accepted(lasting)) return lasting;
  const told = [
    ...objective.tiers.map((tier) => burnAlert(objective, tier, timeframe)),
    ...(objective.alertBelow ? [spentAlert(objective, timeframe)] : []),
  ];
  const monitors = told.map((one) => budgetMonitor(environment, service, objective, one));
  return { objectives: [slo], monitors: [...lasting, ...monitors] };
}

/** Ids of alerts that an objective's own page makes needless, each with what says so; only where it does wake somebody. */
export function outrankedBy(environment: Environment, service: Service, objective: Objective) {
  const isPage = [...objective.tiers, ...objective.lasting].some(({ pages }) => pages);
  if (!isPage || !wakesSomebody(environment, "critical", service.owner)) return [];
  const says = `The objective "${objective.title}" wakes somebody for this.`;
  return (objective.outranks ?? []).map((id) => [id, says] as const);
}
