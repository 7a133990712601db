import type { AlertRule } from "../backends/prometheus/rule-file";
import { groupsOf } from "../replay/rules";
import { type AlertmanagerConfig, type Route, routesOf } from "../simulator";
import { toYaml } from "../yaml";
import type { RuleSet } from "./rule-set";

const labelsAskedFor = ({ matchers, routes }: Route): readonly string[] => [
  ...matchers.map(({ name }) => name),
  ...routes.flatMap(labelsAskedFor),
];

type Labels = Readonly<Record<string, string>>;

/** Whether labels match, as far as that can be seen from those that a rule gives its alert. */
const mayMatch = (matchers: Route["matchers"], known: Labels) =>
  matchers.every(({ name, matches }) => !(name in known) || matches(known[name] ?? ""));

/** Whether an alert may keep one of some others quiet. */
const mayInhibit = ({ inhibitRules }: AlertmanagerConfig, known: Labels, others: readonly Labels[]) =>
  inhibitRules.some(({ source, target }) => mayMatch(source, known) && others.some((other) => mayMatch(target, other)));

/** Alerts by whom they reach: whoever is on call, or anybody at all but for what is information only. */
export type Hearing = "woken" | "told";

/**
 * The same rules with the alerts only that reach somebody, and those that keep one of these quiet: a month of what is only
 * looked at would take as long as all the rest. Recording rules stay; what is not needed is not evaluated anyway.
 */
export function heardOnly(set: RuleSet, hearing: Hearing): RuleSet {
  const { alertmanager, externalLabels, tells, wakes } = set;
  const asked = labelsAskedFor(alertmanager.route);
  const labelsOf = ({ alert, labels = {} }: AlertRule): Labels => ({ ...externalLabels, ...labels, alertname: alert });
  const isHeard = (known: Labels) => {
    // What a route asks for and the rule does not say is a series' own, and may be anything.
    if (asked.some((label) => !(label in known) && label !== "owner")) return true;
    const receivers = routesOf(alertmanager, known).map(({ receiver }) => receiver);
    if (hearing === "woken") return receivers.some(wakes);
    return known.severity !== "info" && receivers.some((receiver) => tells(receiver).length > 0);
  };
  const files = set.rules.map(({ name, text }) => ({ name, groups: groupsOf(text) }));
  const alerts = files.flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [labelsOf(rule)] : []))),
  );
  const heard = alerts.filter(isHeard);
  const stays = (known: Labels) => isHeard(known) || mayInhibit(alertmanager, known, heard);
  return {
    ...set,
    rules: files.map(({ name, groups }) => {
      const left = groups.map((group) => ({
        ...group,
        rules: group.rules.filter((rule) => !("alert" in rule) || stays(labelsOf(rule))),
      }));
      return { name, text: toYaml({ groups: left.filter(({ rules }) => rules.length > 0) }) };
    }),
  };
}
