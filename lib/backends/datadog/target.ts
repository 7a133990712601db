import { type Alert, comparisonOf, type Environment, type Service, type Tuning } from "@watchbill/model";
import { collectionInterval, scrapedTargets } from "./agent";
import { NEW_GROUP_DELAY } from "./composite";
import { formerKeys } from "./former-keys";
import { alertMessage } from "./message";
import { calling, monitorKey, titled } from "./monitor";
import { namespaceOf } from "./names";
import type { Monitor } from "./resources";
import { isNone } from "./state";

/** Results that a monitor of a service check looks at (https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor). */
const MOST_RESULTS = 100;

/** An Agent that restarts is away for a minute or two. */
const UNHEARD_AFTER = 10;

/** Whether an alert tells of each target of whatever service that can't be scraped; of all of a job these are told too. */
function isOfTargets({ when }: Alert): boolean {
  const compared = comparisonOf(when.test);
  if (compared?.left.op !== "fold" || !isNone(compared)) return false;
  const { metric } = compared.left.of;
  return metric.source === "scrape" && metric.name === "up" && compared.left.by.includes("instance");
}

const found = new WeakMap<Environment, readonly Alert[]>();

/** Alerts on the targets of all services, whichever service declares them; looked for once, since each service asks. */
function targetAlerts(environment: Environment): readonly Alert[] {
  const alerts = found.get(environment) ?? findTargetAlerts(environment);
  found.set(environment, alerts);
  return alerts;
}

/** As they are tuned here. */
const findTargetAlerts = ({ services, tune }: Environment): readonly Alert[] =>
  services.flatMap(({ name, watch }) =>
    watch
      .flatMap(({ alerts }) => alerts)
      .filter(isOfTargets)
      .map((alert) => {
        const { for: held = alert.for, severity = alert.severity }: Tuning = tune[name]?.[alert.id] ?? {};
        return { ...alert, for: held, severity };
      }),
  );

/**
 * What Prometheus tells of its scrapes, told of those that the Agent makes: a service's targets that its OpenMetrics
 * check can't read, one by one. With the Agent itself gone nothing else would be told either.
 */
export function targetMonitors(environment: Environment, service: Service): readonly Monitor[] {
  if (scrapedTargets(environment, service).length === 0) return [];
  return targetAlerts(environment).map((alert): Monitor => {
    const failures = Math.max(1, Math.ceil(alert.for.value / collectionInterval(environment)));
    const critical = Math.min(MOST_RESULTS - 1, failures);
    const description = alert.description.replaceAll("{label:job}", service.name);
    return {
      key: monitorKey(service, alert),
      ...formerKeys(service, alert),
      name: titled(service, environment, alert.summary),
      ...calling(service, environment, alert.id, alert.severity),
      type: "service check",
      query:
        `"${namespaceOf(service)}.openmetrics.health".over("env:${environment.name}","service:${service.name}")` +
        `.by("instance").last(${critical + 1}).count_by_status()`,
      // Of a result that is neither good nor bad the check knows none.
      thresholds: { critical, ok: 1, warning: critical },
      message: alertMessage(environment, service, { ...alert, description }, { isUnheard: true }),
      notifyNoData: true,
      noDataTimeframe: UNHEARD_AFTER,
      newGroupDelay: NEW_GROUP_DELAY,
      renotifyStatuses: ["alert", "no data"],
    };
  });
}
