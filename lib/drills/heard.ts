import { parse } from "yaml";
import type { AlertRule, RuleGroup } from "../backends/prometheus/rule-file";
import { type AlertmanagerConfig, type Route, routesOf } from "../simulator";
import { toYaml } from "../yaml";
import type { RuleSet } from "./rule-set";

const labelsAskedFor = ({ matchers, routes }: Route): readonly string[] => [
  ...matchers.map(({ name }) => name),
  ...routes.flatMap(labelsAskedFor),
];

/** Whether an alert keeps others quiet, as far as that can be seen from the labels that its rule gives it. */
const mayInhibit = ({ inhibitRules }: AlertmanagerConfig, known: Readonly<Record<string, string>>) =>
  inhibitRules.some(({ source }) =>
    source.every(({ name, matches }) => !(name in known) || matches(known[name] ?? "")),
  );

/**
 * The same rules without the alerts that nobody is told of or that are for information only, and that keep nobody else's
 * quiet: a month of what is only looked at would take as long as all the rest. Recording rules stay; what is not needed is
 * not evaluated anyway.
 */
export function heardOnly(set: RuleSet): RuleSet {
  const { alertmanager, externalLabels, tells } = set;
  const asked = labelsAskedFor(alertmanager.route);
  const isHeard = ({ alert, labels = {} }: AlertRule) => {
    if (labels.severity === "info" && !mayInhibit(alertmanager, { ...labels, alertname: alert })) return false;
    const known: Readonly<Record<string, string>> = { ...externalLabels, ...labels, alertname: alert };
    if (asked.some((label) => !(label in known) && label !== "owner")) return true;
    const receivers = routesOf(alertmanager, known).map(({ receiver }) => receiver);
    return receivers.some((receiver) => tells(receiver).length > 0) || mayInhibit(alertmanager, known);
  };
  return {
    ...set,
    rules: set.rules.map(({ name, text }) => {
      const { groups } = parse(text) as { readonly groups: readonly RuleGroup[] };
      const left = groups.map((group) => ({
        ...group,
        rules: group.rules.filter((rule) => !("alert" in rule) || isHeard(rule)),
      }));
      return { name, text: toYaml({ groups: left.filter(({ rules }) => rules.length > 0) }) };
    }),
  };
}
