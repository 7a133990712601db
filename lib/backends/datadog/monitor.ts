import type { Alert, Environment, Selection, Service } from "@watchbill/model";
import { alertTags, escalation, handles, priorityOf, renotifyInterval } from "./calling";
import type { Subject } from "./condition";
import { type Evaluation, evaluate, lastWindow } from "./evaluation";
import { forecastQuery } from "./forecast";
import { printFormula } from "./formula";
import { alertMessage, compositeValue } from "./message";
import { metricName } from "./names";
import { plainQuery, type Scope } from "./plain-query";
import { referenceTo } from "./reference";
import { accepted, Refusal, refusalIn } from "./refusal";
import type { Monitor } from "./resources";

/** The part of a name that tells services and environments of one organization apart: `[tickets/production]`. */
export const titled = (service: Service, environment: Environment, text: string) =>
  `[${service.name}/${environment.name}] ${text.replace(/\.$/, "")}`;

export const monitorKey = (service: Service, alert: Alert) => `${service.name}-${alert.id}`;

/** New groups are left alone for as long as a machine takes to start. */
const NEW_GROUP_DELAY = 300;

/** A series that stays away as long as this is gone; Prometheus, too, looks back 5 m for one. */
const ABSENT = 300;

/**
 * A keep-firing time has no like in Datadog, which ends an alert at the first good evaluation. What comes and goes around
 * its limit is kept together by a limit of recovery a tenth away from it.
 */
function recovery({ keepFiring }: Alert, { critical, query }: Evaluation) {
  if (keepFiring.value === 0 || critical === 0) return {};
  const factor = / [<]=? [\d.]+$/.test(query) ? 1.1 : 0.9;
  return { criticalRecovery: Number((critical * factor).toPrecision(12)) };
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

const metricMonitor = (found: Evaluation, alert: Alert) => ({
  type: "query alert" as const,
  query: found.query,
  thresholds: { critical: found.critical, ...recovery(alert, found) },
  onMissingData: found.onMissingData,
  requireFullWindow: false,
  ...(found.evaluationDelay !== undefined && { evaluationDelay: found.evaluationDelay }),
  ...(found.groups.length > 0 && { newGroupDelay: NEW_GROUP_DELAY }),
});

/** Not one series is there: a query that never crosses its limit, told when it has no data. */
function absence(of: Selection, alert: Alert, scope: Scope): Evaluation | Refusal {
  if (of.metric.source !== "service" && of.metric.source !== "postgres" && of.metric.source !== "redis") {
    return new Refusal(`that ${of.metric.name} is absent`, "watch a metric that the service itself exposes");
  }
  const series = plainQuery("avg", metricName(scope.service, of.metric), { of, by: [] }, scope);
  if (!accepted(series)) return series;
  const window = lastWindow(Math.max(alert.for.value, ABSENT));
  return {
    query: `max(${window}):count_not_null(${printFormula(series)}) < 0`,
    critical: 0,
    groups: [],
    onMissingData: "show_and_notify_no_data",
  };
}

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
  const name = titled(service, environment, alert.summary);
  const key = monitorKey(service, alert);
  const whole = { key, name, ...common(service, environment, alert), ...calling(service, environment, alert) };
  const [first] = floors;
  if (first === undefined) {
    const state = subject.says.op === "absent" ? "no_data" : "alert";
    return [
      {
        ...whole,
        ...metricMonitor(main, alert),
        message: alertMessage(environment, service, alert, { state }),
        ...(state === "no_data" && { renotifyStatuses: ["no data"] }),
      },
    ];
  }
  const part = (suffix: string, what: string, found: Evaluation): Monitor => ({
    key: `${key}-${suffix}`,
    name: `${name}: ${what}`,
    ...common(service, environment, alert),
    ...metricMonitor(found, alert),
    message: `A part of "${name}", which calls people when all of its parts hold. This one calls nobody.`,
  });
  const parts = [
    part("condition", "the condition", main),
    ...floors
      .filter(accepted)
      .map((floor, index) => part(index === 0 ? "floor" : `floor-${index + 1}`, "enough events", floor)),
  ];
  return [
    {
      ...whole,
      type: "composite",
      query: parts.map((one) => referenceTo("monitor", one.key)).join(" && "),
      message: alertMessage(environment, service, alert, { write: compositeValue }),
      notifyNoData: false,
    },
    ...parts,
  ];
}
