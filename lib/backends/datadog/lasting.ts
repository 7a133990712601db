import {
  alert,
  type Environment,
  type Indicator,
  kebab,
  type LastingTier,
  type Node,
  type Objective,
  type Service,
} from "@watchbill/model";
import { burnAlertId } from "../../conventions";
import { formatDuration } from "../../lapse";
import { takeApart } from "./condition";
import { formerKeys } from "./former-keys";
import { alertMonitors } from "./monitor";
import { accepted, Refusal } from "./refusal";
import type { Monitor } from "./resources";

/** Share of bad events, over a tier's window. */
function shareOf(indicator: Exclude<Indicator, { kind: "probes" }>, over: LastingTier["window"]): Node {
  if (indicator.kind === "latency") {
    const within: Node = { op: "within", of: indicator.of, bound: indicator.bound, over, by: [] };
    return { op: "arithmetic", operator: "-", left: { op: "constant", value: 1 }, right: within };
  }
  const rate = (of: typeof indicator.bad): Node => ({ op: "rate", of, over, by: [] });
  return { op: "arithmetic", operator: "/", left: rate(indicator.bad), right: rate(indicator.all) };
}

/**
 * Monitors of the lasting tiers that call somebody: here each minute of `lasts` must be bad, without exception. Of those
 * that are tickets the burn rates tell: Datadog has no words for "most of an hour's windows of five minutes".
 */
export function lastingMonitors(
  environment: Environment,
  service: Service,
  objective: Objective,
): readonly Monitor[] | Refusal {
  const found: Monitor[] = [];
  const { indicator } = objective;
  const paging = objective.lasting.filter(({ pages }) => pages);
  if (paging.length === 0) return found;
  if (indicator.kind === "probes") {
    return new Refusal(
      "lasting tiers of checks",
      "leave `lasting` out, and let an alert on the check tell of an outage",
    );
  }
  for (const { share, window, lasts } of paging) {
    const id = burnAlertId(true);
    const symptom = objective.symptom ?? "Events are bad";
    const one = alert(id, {
      when: {
        unit: "ratio",
        test: { op: "compare", comparison: ">", left: shareOf(indicator, window), threshold: share },
      },
      for: lasts,
      severity: "critical",
      summary: `${symptom}: the error budget burns fast.`,
      description: `{value} of events miss the objective "${objective.title}"; more than {threshold} is told after ${formatDuration(lasts)}.`,
      runbook: kebab(id),
    });
    const monitors = alertMonitors(environment, service, one, takeApart(one.when.test));
    if (!accepted(monitors)) return monitors;
    const suffix = `-lasts-${formatDuration(lasts)}`;
    for (const monitor of monitors) {
      const key = `${service.name}-${objective.id}${suffix}`;
      found.push({
        ...monitor,
        key,
        ...formerKeys(service, objective, suffix),
        name: `${monitor.name} (${formatDuration(lasts)})`,
      });
    }
  }
  return found;
}
