import {
  type Environment,
  type Indicator,
  kebab,
  type LastingTier,
  type Node,
  type Objective,
  type Service,
} from "@watchbill/model";
import { burnAlertId } from "../../conventions";
import { formatQuantity } from "../../format-quantity";
import { formatDuration } from "../../lapse";
import { handles } from "./calling";
import { compositeMonitors, MOST_PARTS, metricMonitor, type Part } from "./composite";
import { type Evaluation, evaluate, lastWindow } from "./evaluation";
import { formerKeys } from "./former-keys";
import { formatNumber, printFormula } from "./formula";
import { compositeValue, monitorValue, notification, objectiveLinks, type Write } from "./message";
import { calling, titled } from "./monitor";
import { metricName } from "./names";
import { plainQuery, type Scope } from "./plain-query";
import { accepted, Refusal, refusalIn } from "./refusal";
import type { Monitor } from "./resources";

type Counted = Exclude<Indicator, { kind: "probes" }>;

/** Share of bad events, over a tier's window. */
function shareOf(indicator: Counted, over: LastingTier["window"]): Node {
  if (indicator.kind === "latency") {
    const within: Node = { op: "within", of: indicator.of, bound: indicator.bound, over, by: [] };
    return { op: "arithmetic", operator: "-", left: { op: "constant", value: 1 }, right: within };
  }
  const rate = (of: typeof indicator.bad): Node => ({ op: "rate", of, over, by: [] });
  return { op: "arithmetic", operator: "/", left: rate(indicator.bad), right: rate(indicator.all) };
}

/** Each minute of the time that a tier lasts has a higher share; here without exception. */
const share = (indicator: Counted, { share: threshold, window, lasts }: LastingTier, scope: Scope) =>
  evaluate({ op: "compare", comparison: ">", left: shareOf(indicator, window), threshold }, lasts.value, scope);

const secondsOf = ({ window, lasts }: LastingTier) => Math.max(window.value, lasts.value);

/** Bad events enough in that time: of a night's two requests, one that fails wakes nobody. */
function enough(indicator: Counted, floor: number, tier: LastingTier, scope: Scope): Evaluation | Refusal {
  const [aggregator, of] =
    indicator.kind === "events"
      ? ["sum", indicator.bad]
      : [`count(v: v>${formatNumber(indicator.bound.value)})`, indicator.of];
  const bad = plainQuery(aggregator, metricName(scope.service, of.metric), { of, by: [] }, scope, ".as_count()");
  if (!accepted(bad)) return bad;
  return {
    query: `sum(${lastWindow(secondsOf(tier))}):${printFormula(bad)} >= ${formatNumber(floor)}`,
    critical: floor,
    groups: [],
    onMissingData: "resolve",
  };
}

/** "40% of 1m" or "4% in each minute of 2m", by the whole minutes that a monitor looks at. */
function describe(tier: LastingTier): string {
  const span = formatDuration({ value: Math.ceil(secondsOf(tier) / 60) * 60, unit: "seconds" });
  return `${formatQuantity(tier.share)} ${tier.lasts.value > tier.window.value ? "in each minute of" : "of"} ${span}`;
}

/**
 * The lasting tiers that call somebody, as one monitor: an outage fulfils all of them, one after the other, and is one
 * page. Of those that are tickets the burn rates tell: Datadog has no words for "most of an hour's windows of five
 * minutes".
 */
export function lastingMonitors(
  environment: Environment,
  service: Service,
  objective: Objective,
): readonly Monitor[] | Refusal {
  const { indicator, floor } = objective;
  const paging = objective.lasting.filter(({ pages }) => pages);
  if (paging.length === 0) return [];
  if (indicator.kind === "probes") {
    return new Refusal(
      "lasting tiers of checks",
      "leave `lasting` out, and let an alert on the check tell of an outage",
    );
  }
  const most = floor > 0 ? MOST_PARTS / 2 : MOST_PARTS;
  if (paging.length > most) {
    return new Refusal(`${paging.length} lasting tiers that call somebody`, `declare ${most} of them at most`);
  }
  const scope = { service, environment: environment.name };
  const named = (suffix: string) => ({
    key: `${service.name}-${objective.id}${suffix}`,
    ...formerKeys(service, objective, suffix),
  });
  const alternatives: (readonly Part[])[] = [];
  for (const tier of paging) {
    const [held, floored] = [share(indicator, tier, scope), enough(indicator, floor, tier, scope)];
    const refusal = refusalIn([held, floored]);
    if (refusal || !accepted(held) || !accepted(floored)) return refusal ?? [];
    const suffix = `-lasts-${formatDuration(tier.lasts)}`;
    alternatives.push([
      { ...named(suffix), what: describe(tier), content: metricMonitor(held) },
      ...(floor > 0
        ? [{ ...named(`${suffix}-floor`), what: `enough for ${describe(tier)}`, content: metricMonitor(floored) }]
        : []),
    ]);
  }
  const id = burnAlertId(true);
  const summary = `${objective.symptom ?? "Events are bad"}: the error budget burns fast.`;
  const told = paging.map(describe);
  const message = (write: Write) =>
    notification({
      begun: `${summary} ${write("ratio")} of events miss the objective "${objective.title}"; too many are more than ${told.join(", or ")}.`,
      summary,
      isUrgent: true,
      links: objectiveLinks(environment, service, kebab(id)),
      handles: handles(environment, "critical", service.owner),
    });
  const whole = {
    ...named("-lasting"),
    name: titled(service, environment, summary),
    ...calling(service, environment, id, "critical"),
  };
  const [[only, floored] = [], ...others] = alternatives;
  if (only && !floored && others.length === 0) {
    return [{ ...whole, ...only.content, message: message(monitorValue), renotifyStatuses: ["alert"] }];
  }
  return compositeMonitors(environment, service, { ...whole, message: message(compositeValue) }, alternatives);
}
