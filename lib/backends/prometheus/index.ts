import type { Service } from "@watchbill/model";
import { addressIn } from "../../addresses";
import { deferred } from "../../deferred";
import { toYaml } from "../../yaml";
import type { Backend } from "../backend";
import { aftermathRule } from "./aftermath";
import { alertRule } from "./alert-rule";
import { calendarRules, calendarsUsed } from "./calendar";
import { comparisonRecordings } from "./comparison";
import { objectiveGroup } from "./objective";
import { countRecordings } from "./recording";
import { type RuleGroup, ruleFile } from "./rule-file";
import { prometheusConfig } from "./scrape";

interface PrometheusData {
  /** Groups by the name of their file, without its ending. */
  readonly groups: Readonly<Record<string, readonly RuleGroup[]>>;
}

/** Scrapes, recording rules and alert rules. */
export const prometheus: Backend<PrometheusData> = ({ environment, services }) => {
  const alertGroups = (service: Service): readonly RuleGroup[] => [
    ...service.watch.map(({ name, alerts }) => ({
      name: `${service.name}-${name}`,
      rules: alerts.flatMap((alert) => {
        const rule = alertRule(environment, service, alert);
        return alert.down === undefined ? [rule] : [rule, aftermathRule(environment, alert, rule)];
      }),
    })),
  ];
  const recordings = (service: Service) => {
    const groups = { counts: countRecordings(service), comparisons: comparisonRecordings(environment, service) };
    return Object.entries(groups)
      .filter(([, { rules }]) => rules.length > 0)
      .map(([name, group]) => [`${service.name}-${name}`, [group]] as const);
  };
  const calendars = calendarsUsed(services).map((calendar) => [`calendar-${calendar.name}`, [calendarRules(calendar)]]);
  const groups = {
    ...Object.fromEntries(calendars),
    ...Object.fromEntries(
      services.flatMap((service) => [
        [service.name, alertGroups(service)],
        ...recordings(service),
        // A file of its own each: rules that record one series under one group's name depend on no other group.
        ...service.objectives.map((objective) => [
          `${service.name}-${objective.id}`,
          [objectiveGroup(environment, service, objective)],
        ]),
      ]),
    ),
  } as Readonly<Record<string, readonly RuleGroup[]>>;
  const rules = Object.entries(groups).map(([name, of]) => [`prometheus/rules/${name}.yml`, () => ruleFile(of)]);
  const config = () => toYaml(prometheusConfig(environment, services, addressIn(environment)));
  const files = deferred({ "prometheus/prometheus.yml": config, ...Object.fromEntries(rules) });
  return { data: { groups }, files, diagnostics: [] };
};
