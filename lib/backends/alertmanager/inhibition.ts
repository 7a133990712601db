import { type Alert, comparisonOf, type Objective, type Service, selectionsRead } from "@watchbill/model";
import { aftermathOf, burnAlertId, downName, isOfEveryJob, jobOf } from "../../conventions";

export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Only labels that exist on both sides: two alerts that both lack a label count as equal in it. */
  readonly equal: readonly string[];
}

const alertsOf = (service: Service): readonly Alert[] => service.watch.flatMap(({ alerts }) => alerts);
const objectiveAlerts = (objectives: readonly Objective[]) =>
  objectives.length > 0 ? [burnAlertId(true), burnAlertId(false)] : [];

const named = (ids: readonly string[]) =>
  ids.length === 1 ? `alertname="${ids[0]}"` : `alertname=~"${[...ids].sort().join("|")}"`;

/** An alert of something down, and what outlasts it. */
const downOrJustBack = (ids: readonly string[]) => named(ids.flatMap((id) => [id, aftermathOf(id)]));

/** What is down speaks for the symptoms of everything that needs it: of the service itself, and of its dependents. */
function downRules(services: readonly Service[]): InhibitRule[] {
  const causes = services.flatMap((service) =>
    alertsOf(service).map((alert) => ({ service, alert, down: downName(service, alert) })),
  );
  return causes.flatMap(({ service: source, alert: cause, down }) =>
    services
      .filter(({ name, dependsOn }) => name === down || dependsOn.some((needed) => needed.name === down))
      .flatMap((service) => {
        const symptoms = alertsOf(service).filter((alert) => alert.nature === "symptom" && alert.id !== cause.id);
        const ids = [...symptoms.map(({ id }) => id), ...objectiveAlerts(service.objectives)];
        if (ids.length === 0) return [];
        return [
          {
            source_matchers: [`service="${source.name}"`, downOrJustBack([cause.id])],
            target_matchers: [`service="${service.name}"`, named(ids)],
            equal: ["environment"],
          },
        ];
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
          source_matchers: [`service="${service.name}"`, downOrJustBack(down.map(({ id }) => id))],
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

/** A pack names whatever says the same as its alert; which of that there is depends on the service. */
const outrankRules = (service: Service): InhibitRule[] => {
  const ids = new Set([...alertsOf(service).map(({ id }) => id), ...objectiveAlerts(service.objectives)]);
  return alertsOf(service).flatMap((alert) => {
    const { id, outranks } = alert;
    const outranked = outranks.filter((other) => ids.has(other));
    if (outranked.length === 0) return [];
    const others = alertsOf(service).filter((other) => outranked.includes(other.id));
    return [
      {
        source_matchers: [`service="${service.name}"`, named([id])],
        target_matchers: [`service="${service.name}"`, named(outranked)],
        equal: ["environment", "service", ...([alert, ...others].every(isOfEachJob) ? ["job"] : [])],
      },
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
