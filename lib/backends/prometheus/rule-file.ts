import { toYaml } from "../../yaml";

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A group of rules, evaluated one after another (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/). */
export interface RuleGroup {
  readonly name: string;
  /** Default: the server's evaluation interval. */
  readonly interval?: string;
  readonly rules: readonly (AlertRule | RecordingRule)[];
}

/** More rules than this in one group are evaluated one after another for too long, as mixtool's linter has it. */
const mostRules = 20;

/** Groups of at most 20 rules, the further ones numbered from 2. */
export const splitGroup = (group: RuleGroup): RuleGroup[] =>
  Array.from({ length: Math.ceil(group.rules.length / mostRules) }, (_, index) => ({
    ...group,
    name: index === 0 ? group.name : `${group.name}-${index + 1}`,
    rules: group.rules.slice(index * mostRules, (index + 1) * mostRules),
  }));

export const ruleFile = (groups: readonly RuleGroup[]) =>
  toYaml({ groups: groups.filter(({ rules }) => rules.length > 0).flatMap(splitGroup) });
