import { type Alert, comparisonOf, type Environment, type Service } from "@watchbill/model";
import { absence } from "./absence";
import { alertTags, escalation, handles, priorityOf, renotifyInterval } from "./calling";
import type { Subject } from "./condition";
import { type Evaluation, evaluate } from "./evaluation";
import { forecastQuery } from "./forecast";
import { formerKeys } from "./former-keys";
import { alertMessage, compositeValue } from "./message";
import type { Scope } from "./plain-query";
import { referenceTo } from "./reference";
import { accepted, Refusal, refusalIn } from "./refusal";
import type { Monitor, Thresholds } from "./resources";

/** The part of a name that tells services and environments of one organization apart: `[tickets/production]`. */
export const titled = (service: Service, environment: Environment, text: string) =>
  `[${service.name}/${environment.name}] ${text.replace(/\.$/, "")}`;

export const monitorKey = (service: Service, alert: Alert) => `${service.name}-${alert.id}`;

/** New groups are left alone for as long as a machine takes to start. */
const NEW_GROUP_DELAY = 300;

/**
 * A keep-firing time has no like in Datadog, which ends an alert at the first good evaluation. What comes and goes around
 * its limit is kept together by a limit of recovery a tenth away from it.
 */
function recovery({ keepFiring, when }: Alert, critical: number) {
  if (keepFiring.value === 0 || critical === 0) return {};
  const isBelow = comparisonOf(when.test)?.comparison.startsWith("<");
  return { criticalRecovery: Number((critical * (isBelow ? 1.1 : 0.9)).toPrecision(12)) };
}

const common = (service: Service, environment: Environment, alert: Alert) => ({
  tags: alertTags(service, environment, alert.id, alert.severity),
  priority: priorityOf(alert.severity),
  includeTags: true,
});

/** What calls people: whom, and how often while it lasts. */
const calling = (service: Service, environment: Environment, alert: Alert) => ({
  renotifyInterval: renotifyInterval(alert.severity),
  renotifyStatuses: ["alert"] as const,
  ...escalation(alert.severity, alert.summary, handles(environment, alert.severity, service.owner)),
});

const metricMonitor = (found: Evaluation, recovers: Pick<Thresholds, "criticalRecovery"> = {}) => ({
  type: "query alert" as const,
  query: found.query,
  thresholds: { critical: found.critical, ...recovers },
  onMissingData: found.onMissingData,
  requireFullWindow: false,
  ...(found.evaluationDelay !== undefined && { evaluationDelay: found.evaluationDelay }),
  ...(found.groups.length > 0 && { newGroupDelay: NEW_GROUP_DELAY }),
});

function evaluation(subject: Subject, alert: Alert, scope: Scope): Evaluation | Refusal {
  const { says } = subject;
  if (says.op === "always") return new Refusal("an alert that always fires", "leave the watchdog to Prometheus");
  if (says.op === "absent") return absence(says, alert, scope);
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
  if (subject.says.op === "absent" && subject.floors.length > 0)
    return new Refusal("an absence that counts only while something else is there", "tell the absence alone");
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
    ...common(service, environment, alert),
    ...calling(service, environment, alert),
  };
  const evaluated = metricMonitor(main, recovery(alert, main.critical));
  if (floors.length === 0) {
    const isAbsence = subject.says.op === "absent";
    const message = alertMessage(environment, service, alert, { state: isAbsence ? "no_data" : "alert" });
    return [{ ...whole, ...evaluated, message, ...(isAbsence && { renotifyStatuses: ["no data"] }) }];
  }
  const part = (suffix: string, what: string, content: ReturnType<typeof metricMonitor>): Monitor => ({
    key: `${whole.key}-${suffix}`,
    ...formerKeys(service, alert, `-${suffix}`),
    name: `${whole.name}: ${what}`,
    ...common(service, environment, alert),
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
  return [{ ...whole, type: "composite", query, message, notifyNoData: false }, ...parts];
}
