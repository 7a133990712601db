import type { Alert, Environment, Service } from "@watchbill/model";
import { absence } from "./absence";
import { alertTags, partTags, priorityOf, renotifyInterval } from "./calling";
import type { Subject } from "./condition";
import { type Evaluation, evaluate } from "./evaluation";
import { forecastQuery } from "./forecast";
import { formerKeys } from "./former-keys";
import { alertMessage, compositeValue } from "./message";
import type { Scope } from "./plain-query";
import { recovery } from "./recovery";
import { referenceTo } from "./reference";
import { accepted, Refusal, refusalIn } from "./refusal";
import type { Monitor, Thresholds } from "./resources";

/** The part of a name that tells services and environments of one organization apart: `[tickets/production]`. */
export const titled = (service: Service, environment: Environment, text: string) =>
  `[${service.name}/${environment.name}] ${text.replace(/\.$/, "")}`;

export const monitorKey = (service: Service, alert: Alert) => `${service.name}-${alert.id}`;

/** New groups are left alone for as long as a machine takes to start. */
const NEW_GROUP_DELAY = 300;

/** What calls people: what it is found by, and how often it is said while it lasts. */
const calling = (service: Service, environment: Environment, alert: Alert) => ({
  tags: alertTags(service, environment, alert.id, alert.severity),
  priority: priorityOf(alert.severity),
  includeTags: true,
  renotifyInterval: renotifyInterval(alert.severity),
});

const metricMonitor = (found: Evaluation, recovers: Pick<Thresholds, "criticalRecovery"> = {}) => ({
  type: "query alert" as const,
  query: found.query,
  thresholds: { critical: found.critical, ...recovers },
  ...(found.unheardAfter === undefined
    ? { onMissingData: found.onMissingData }
    : { notifyNoData: true, noDataTimeframe: found.unheardAfter }),
  requireFullWindow: false,
  ...(found.evaluationDelay !== undefined && { evaluationDelay: found.evaluationDelay }),
  ...(found.groups.length > 0 && { newGroupDelay: NEW_GROUP_DELAY }),
});

function evaluation(subject: Subject, alert: Alert, scope: Scope): Evaluation | Refusal {
  const { says } = subject;
  if (says.op === "always") return new Refusal("an alert that always fires", "leave the watchdog to Prometheus");
  if (says.op === "absent") return absence(says.of, alert, scope);
  if (says.left.op === "forecast") return forecastQuery(says.left, says, scope);
  return evaluate(says, alert.for.value, scope);
}

/**
 * An alert as monitors: one, or with a floor of events a composite one that calls people and its parts that call nobody
 * (https://docs.datadoghq.com/monitors/guide/composite_use_cases/#error-rates).
 */
export function alertMonitors(
  environment: Environment,
  service: Service,
  alert: Alert,
  subject: Subject,
): readonly Monitor[] | Refusal {
  const scope = { service, environment: environment.name };
  const floors = subject.floors.map(({ events, atLeast }) =>
    evaluate({ op: "compare", comparison: ">=", left: events, threshold: atLeast }, alert.for.value, scope),
  );
  const main = evaluation(subject, alert, scope);
  const refusal = refusalIn([main, ...floors]);
  if (refusal || !accepted(main)) return refusal ?? [];
  const whole = {
    key: monitorKey(service, alert),
    ...formerKeys(service, alert),
    name: titled(service, environment, alert.summary),
    ...calling(service, environment, alert),
  };
  const evaluated = metricMonitor(main, recovery(alert, main.critical));
  if (floors.length === 0) {
    const isAbsence = subject.says.op === "absent";
    const isUnheard = main.unheardAfter !== undefined;
    const message = alertMessage(environment, service, alert, { state: isAbsence ? "no_data" : "alert", isUnheard });
    const renotifyStatuses: Monitor["renotifyStatuses"] = isAbsence
      ? ["no data"]
      : ["alert", ...(isUnheard ? (["no data"] as const) : [])];
    return [{ ...whole, ...evaluated, message, renotifyStatuses }];
  }
  const part = (suffix: string, what: string, content: ReturnType<typeof metricMonitor>): Monitor => ({
    key: `${whole.key}-${suffix}`,
    ...formerKeys(service, alert, `-${suffix}`),
    name: `${whole.name}: ${what}`,
    tags: partTags(service, environment),
    includeTags: true,
    ...content,
    message: `A part of "${whole.name}", which calls people when all of its parts hold. This one calls nobody.`,
  });
  const parts = [
    part("condition", "the condition", evaluated),
    ...floors
      .filter(accepted)
      .map((floor, index) => part(index === 0 ? "floor" : `floor-${index + 1}`, "enough events", metricMonitor(floor))),
  ];
  const query = parts.map(({ key }) => referenceTo("monitor", key)).join(" && ");
  const message = alertMessage(environment, service, alert, { write: compositeValue });
  return [{ ...whole, type: "composite", query, message, notifyNoData: false, renotifyStatuses: ["alert"] }, ...parts];
}
