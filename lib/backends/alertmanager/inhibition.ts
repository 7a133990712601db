import { type Alert, comparisonOf, type Service, selectionsRead, windowOf } from "@watchbill/model";
import { aftermathOf, burnAlertId, downName, isOfEveryJob, jobOf } from "../../conventions";

export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Only labels that exist on both sides: two alerts that both lack a label count as equal in it. */
  readonly equal: readonly string[];
}

const alertsOf = (service: Service): readonly Alert[] => service.watch.flatMap(({ alerts }) => alerts);
const objectiveAlerts = (objectives: readonly unknown[]) =>
  objectives.length > 0 ? [burnAlertId(true), burnAlertId(false)] : [];

const named = (ids: readonly string[]) =>
  ids.length === 1 ? `alertname="${ids[0]}"` : `alertname=~"${[...ids].sort().join("|")}"`;

/**
 * Longer than any alert of something down is kept firing is no symptom told of that looks back as far as this, in seconds.
 * What looks at now alone ends with its cause; where it doesn't, it is a trouble of its own.
 */
const briefly = 120;

/** Whether a symptom outlasts its cause: since it looks back over a window, or is kept firing. That something is down is told. */
const outlasts = ({ when, keepFiring, down }: Alert) =>
  down === undefined && windowOf(when.test).value + keepFiring.value > briefly;

/**
 * What is down speaks for the symptoms of everything that needs it: of the service itself, and of its dependents. Once it
 * is back its aftermath speaks for those that outlast it.
 */
function downRules(services: readonly Service[]): InhibitRule[] {
  const causes = services.flatMap((service) =>
    alertsOf(service).map((alert) => ({ service, alert, down: downName(service, alert) })),
  );
  return causes.flatMap(({ service: source, alert: cause, down }) =>
    services
      .filter(({ name, dependsOn }) => name === down || dependsOn.some((needed) => needed.name === down))
      .flatMap((service) => {
        const symptoms = alertsOf(service).filter(
          ({ id, nature }) => nature === "symptom" && id !== cause.id && !cause.spares.includes(id),
        );
        const burns = objectiveAlerts(service.objectives);
        const rule = (by: string, ids: readonly string[]): InhibitRule[] =>
          ids.length === 0
            ? []
            : [
                {
                  source_matchers: [`service="${source.name}"`, named([by])],
                  target_matchers: [`service="${service.name}"`, named(ids)],
                  equal: ["environment"],
                },
              ];
        const idsOf = (alerts: readonly Alert[]) => [...alerts.map(({ id }) => id), ...burns];
        return [...rule(cause.id, idsOf(symptoms)), ...rule(aftermathOf(cause.id), idsOf(symptoms.filter(outlasts)))];
      }),
  );
}

/** Whether an alert speaks of one job after another, so that one of another job is about something else. */
const isOfEachJob = ({ when }: Alert) =>
  comparisonOf(when.test) !== undefined && selectionsRead(when.test).every(({ metric }) => isOfEveryJob(metric.source));

/**
 * What is down can't be scraped either: of a service that is down, its own targets' silence needs no word, nor that of the
 * machines that it went down with.
 */
const scrapeRules = (services: readonly Service[]): InhibitRule[] =>
  services.flatMap((watcher) => {
    const scrapes = alertsOf(watcher).filter(
      ({ when }) =>
        comparisonOf(when.test) && selectionsRead(when.test).some(({ metric }) => metric.source === "scrape"),
    );
    if (scrapes.length === 0) return [];
    return services.flatMap((service) => {
      const down = alertsOf(service).filter((alert) => downName(service, alert) === service.name);
      if (down.length === 0) return [];
      return [
        {
          source_matchers: [`service="${service.name}"`, named(down.map(({ id }) => id))],
          target_matchers: [
            `service="${watcher.name}"`,
            named(scrapes.map(({ id }) => id)),
            `job=~"${jobOf(service, "service")}|${jobOf(service, "node")}"`,
          ],
          equal: ["environment"],
        },
      ];
    });
  });

/** What an alert may outrank in a service: its alerts by their ids, its objectives' as `availability/ErrorBudgetBurnSlow`. */
function outrankable(service: Service): ReadonlyMap<string, readonly string[]> {
  const ofObjectives = service.objectives.flatMap(({ id }) =>
    objectiveAlerts([id]).map((alert) => [`${id}/${alert}`, [`objective="${id}"`, named([alert])]] as const),
  );
  return new Map(ofObjectives);
}

/** A pack names whatever says the same as its alert; which of that there is depends on the service. */
const outrankRules = (service: Service): InhibitRule[] => {
  const ids = new Set(alertsOf(service).map(({ id }) => id));
  const burns = outrankable(service);
  return alertsOf(service).flatMap((alert) => {
    const { id, outranks } = alert;
    const rule = (target: readonly string[], ...equal: string[]): InhibitRule => ({
      source_matchers: [`service="${service.name}"`, named([id])],
      target_matchers: [`service="${service.name}"`, ...target],
      equal: ["environment", "service", ...equal],
    });
    const outranked = outranks.filter((other) => ids.has(other));
    const others = alertsOf(service).filter((other) => outranked.includes(other.id));
    const job = [alert, ...others].every(isOfEachJob) ? ["job"] : [];
    return [
      ...(outranked.length > 0 ? [rule([named(outranked)], ...job)] : []),
      ...outranks.flatMap((other) => (burns.has(other) ? [rule(burns.get(other)!)] : [])),
    ];
  });
};

/** While an objective's budget burns fast, what says the same of its service later is not told. */
const objectiveRules = (service: Service): InhibitRule[] => {
  const ids = new Set(alertsOf(service).map(({ id }) => id));
  return service.objectives.flatMap((objective) => {
    const outranked = (objective.outranks ?? []).filter((id) => ids.has(id));
    if (outranked.length === 0) return [];
    return [
      {
        source_matchers: [`service="${service.name}"`, named([burnAlertId(true)]), `objective="${objective.id}"`],
        target_matchers: [`service="${service.name}"`, named(outranked)],
        equal: ["environment", "service"],
      },
    ];
  });
};

/** Everything that isn't said because something else says it already. */
export function inhibitRules(services: readonly Service[]): InhibitRule[] {
  const burn: InhibitRule = {
    source_matchers: [named([burnAlertId(true)])],
    target_matchers: [named([burnAlertId(false)])],
    equal: ["environment", "service", "objective"],
  };
  const hasObjectives = services.some(({ objectives }) => objectives.length > 0);
  return [
    ...downRules(services),
    ...scrapeRules(services),
    ...services.flatMap(outrankRules),
    ...services.flatMap(objectiveRules),
    ...(hasObjectives ? [burn] : []),
  ];
}
