import type { Alert, Environment, Service, Severity } from "@watchbill/model";
import { absence } from "./absence";
import { alertTags, priorityOf, renotifyInterval } from "./calling";
import { compositeMonitors, metricMonitor, type Part } from "./composite";
import type { Subject } from "./condition";
import { type Evaluation, evaluate } from "./evaluation";
import { forecastQuery } from "./forecast";
import { formerKeys } from "./former-keys";
import { alertMessage, compositeValue } from "./message";
import type { Scope } from "./plain-query";
import { recovery } from "./recovery";
import { accepted, Refusal, refusalIn } from "./refusal";
import type { Monitor } from "./resources";

/** The part of a name that tells services and environments of one organization apart: `[tickets/production]`. */
export const titled = (service: Service, environment: Environment, text: string) =>
  `[${service.name}/${environment.name}] ${text.replace(/\.$/, "")}`;

export const monitorKey = (service: Service, alert: Alert) => `${service.name}-${alert.id}`;

/** What calls people: what it is found by, and how often it is said while it lasts. */
export const calling = (service: Service, environment: Environment, id: string, severity: Severity) => ({
  tags: alertTags(service, environment, id, severity),
  priority: priorityOf(severity),
  includeTags: true,
  renotifyInterval: renotifyInterval(severity),
});

function evaluation(subject: Subject, alert: Alert, scope: Scope): Evaluation | Refusal {
  const { says } = subject;
  if (says.op === "always") return new Refusal("an alert that always fires", "leave the watchdog to Prometheus");
  if (says.op === "absent") return absence(says, alert, scope);
  if (says.left.op === "forecast") return forecastQuery(says.left, says, alert.for, scope);
  return evaluate(says, alert.for.value, scope);
}

/**
 * An alert as monitors: one, or with a floor of events a composite one that calls people and its parts that call nobody
 * (https://docs.datadoghq.com/monitors/guide/composite_use_cases/#error-rates). Where something else wakes people for
 * it, it calls those only whom nothing wakes.
 */
export function alertMonitors(
  environment: Environment,
  service: Service,
  alert: Alert,
  subject: Subject,
  wakes?: string,
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
    ...calling(service, environment, alert.id, alert.severity),
  };
  const said = { notes: [main.unlike, wakes], wake: wakes === undefined };
  const evaluated = metricMonitor(main, recovery(alert, main.critical));
  if (floors.length === 0) {
    const isAbsence = subject.says.op === "absent";
    const isUnheard = main.unheardAfter !== undefined;
    const state = isAbsence ? "no_data" : "alert";
    const message = alertMessage(environment, service, alert, { state, isUnheard, ...said });
    const renotifyStatuses: Monitor["renotifyStatuses"] = isAbsence
      ? ["no data"]
      : ["alert", ...(isUnheard ? (["no data"] as const) : [])];
    return [{ ...whole, ...evaluated, message, renotifyStatuses }];
  }
  const part = (suffix: string, what: string, content: Part["content"]): Part => ({
    key: `${whole.key}-${suffix}`,
    ...formerKeys(service, alert, `-${suffix}`),
    what,
    content,
  });
  const parts = [
    part("condition", "the condition", evaluated),
    ...floors
      .filter(accepted)
      .map((floor, index) => part(index === 0 ? "floor" : `floor-${index + 1}`, "enough events", metricMonitor(floor))),
  ];
  const message = alertMessage(environment, service, alert, { write: compositeValue, ...said });
  return compositeMonitors(environment, service, { ...whole, message }, [parts]);
}
