import {
  type AlertsOfService,
  type Diagnostic,
  type Drill,
  type Environment,
  metricOf,
  type Service,
} from "@watchbill/model";
import { IANAZone } from "luxon";
import { mistake } from "../checks/check";
import { burnAlertId } from "../conventions";
import { wrongMoment } from "../wall-time";
import { targetsOf } from "./targets";

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The alerts that a service can raise, those of its objectives too. */
export const alertsOf = ({ watch, objectives }: Service): readonly string[] => [
  ...watch.flatMap(({ alerts }) => alerts.map(({ id }) => id)),
  ...(objectives.length > 0 ? [burnAlertId(true), burnAlertId(false)] : []),
];

/** What is wrong with the moment at which a drill begins; nothing for one that comes exactly once. */
function wrongTime({ begins, zone }: Drill): string | undefined {
  if (!IANAZone.create(zone).isValid) return `there is no time zone "${zone}"`;
  const what = wrongMoment(begins, zone);
  return what && `"${begins}" ${what}`;
}

function phaseMistakes(drill: Drill, environment: Environment): readonly Diagnostic[] {
  return drill.happens.flatMap(({ service, effects, place }) => {
    const path = `${drill.name}/${service.name}`;
    const metrics = Object.values(service.metrics);
    const sources = new Set(targetsOf(environment, service).map(({ source }) => source));
    return effects.flatMap((effect): readonly Diagnostic[] => {
      const named = metricOf(effect);
      const declared = named && metrics.find(({ name }) => name === named.name);
      if (named && !declared) {
        const hint = `name one that it declares, or let a pack of ${service.name} bring it`;
        return [mistake("drill-metric", path, place, `${service.name} has no metric ${named.name}`, hint)];
      }
      const labels = [
        ...("of" in effect ? effect.of.matchers.map(({ label }) => label) : []),
        ...(effect.kind === "turns" ? Object.keys(effect.into) : []),
      ];
      const unknown = labels.filter((label) => declared && !(label in declared.labels));
      const known = Object.keys(declared?.labels ?? {}).join(", ") || "none";
      const hint = `its labels are ${known}`;
      const wrong = unknown.map((label) =>
        mistake("drill-label", path, place, `${named?.name} has no label "${label}"`, hint),
      );
      if (effect.kind !== "loses" || sources.has(effect.source)) return wrong;
      const has = [...sources].join(", ") || "no targets at all";
      return [
        mistake(
          "drill-target",
          path,
          place,
          `${service.name} has no target of ${effect.source} in ${environment.name}`,
          `there it has ${has}`,
        ),
      ];
    });
  });
}

function alertMistakes(drill: Drill): readonly Diagnostic[] {
  return [...drill.pages, ...drill.tells, ...drill.silent].flatMap(({ service, alerts, place }: AlertsOfService) => {
    const known = alertsOf(service);
    return alerts
      .filter((alert) => !known.includes(alert))
      .map((alert) =>
        mistake(
          "drill-alert",
          `${drill.name}/${service.name}`,
          place,
          `${service.name} has no alert ${alert}`,
          `its alerts are ${[...known].sort().join(", ")}`,
        ),
      );
  });
}

/** Everything that is wrong with drills, in one environment. */
export function drillMistakes(drills: readonly Drill[], environment: Environment): readonly Diagnostic[] {
  return drills.flatMap((drill, index) => {
    const { name, place, healthy, watched } = drill;
    const moment = wrongTime(drill);
    const first = drills.findIndex((one) => one.name === name);
    return [
      ...(kebab.test(name)
        ? []
        : [
            mistake("drill-name", name, place, `"${name}" is no drill's name`, "write it in kebab-case: database-down"),
          ]),
      ...(first === index
        ? []
        : [mistake("duplicate-drill", name, place, `two drills are called ${name}`, "give one of them another name")]),
      ...(moment === undefined
        ? []
        : [
            mistake(
              "drill-time",
              name,
              place,
              moment,
              "write YYYY-MM-DDTHH:MM of a moment that comes once, and an IANA zone",
            ),
          ]),
      ...(healthy.value > 0 && watched.value > 0
        ? []
        : [
            mistake(
              "drill-span",
              name,
              place,
              "it needs a healthy time before and a time to watch",
              "give both more than nothing",
            ),
          ]),
      ...phaseMistakes(drill, environment),
      ...alertMistakes(drill),
    ];
  });
}

/** The drills that are about services of an environment only; the others can't take place there. */
export const possibleIn = ({ services }: Environment, drills: readonly Drill[]): readonly Drill[] => {
  const names = new Set(services.map(({ name }) => name));
  return drills.filter(({ happens, pages, tells, silent }) =>
    [...happens, ...pages, ...tells, ...silent].every(({ service }) => names.has(service.name)),
  );
};
