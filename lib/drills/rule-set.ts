import type { Environment } from "@watchbill/model";
import { called } from "../backends/alertmanager/receiver";
import { fallback } from "../backends/alertmanager/route";
import { channelName } from "../channel-name";
import type { CompiledEnvironment } from "../compile";
import type { RuleText } from "../replay/replay";
import { groupsOf } from "../replay/rules";
import { type AlertmanagerConfig, readAlertmanagerConfig } from "../simulator";

/** Rules, and what becomes of their alerts: whoever's they are, the same incidents can be played on them. */
export interface RuleSet {
  readonly name: string;
  readonly rules: readonly RuleText[];
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly alertmanager: AlertmanagerConfig;
  /** Whom a receiver tells, as a person would call them; nobody for one that is read by a machine. */
  readonly tells: (receiver: string) => readonly string[];
  /** Whether a receiver wakes somebody. */
  readonly wakes: (receiver: string) => boolean;
}

/** Whom each receiver tells, by the keys of the environment's channels. */
const channelsOf = (environment: Environment): ReadonlyMap<string, readonly string[]> =>
  new Map([
    [fallback, environment.notify.high] as const,
    ...called(environment).map(({ receiver, channels }) => [receiver, channels] as const),
  ]);

/**
 * The receivers that wake somebody: those with a channel of a kind that rings. Where an environment has none of that
 * kind, the one for what is critical is as loud as it gets.
 */
function waking(environment: Environment): ReadonlySet<string> {
  const receivers = [...channelsOf(environment)];
  const rings = (key: string) => environment.channels[key]?.kind === "pagerduty";
  const ringing = receivers.filter(([, channels]) => channels.some(rings)).map(([receiver]) => receiver);
  const critical = called(environment).filter(({ severity }) => severity === "critical");
  return new Set(ringing.length > 0 ? ringing : critical.map(({ receiver }) => receiver));
}

/** A service's rule files by their names, and those that are nobody's. What only panels read is left out. */
function isNeeded(file: string, services: readonly string[], others: readonly string[]): boolean {
  const belongs = (service: string) => file === service || file.startsWith(`${service}-`);
  if (file.endsWith("-counts")) return false;
  return services.some(belongs) || !others.some(belongs);
}

/**
 * The rules of some services of an environment, as that environment gets them.
 *
 * @throws Error when Alertmanager would not take the environment's own configuration, which is our bug
 */
export function rulesOf(
  { environment, files, services: all }: CompiledEnvironment,
  services: readonly string[],
): RuleSet {
  const others = all.map(({ name }) => name).filter((name) => !services.includes(name));
  const rules = Object.keys(files).flatMap((path): RuleText[] => {
    const name = /^prometheus\/rules\/(.+)\.yml$/.exec(path)?.[1];
    return name !== undefined && isNeeded(name, services, others)
      ? [{ name: `${name}.yml`, text: files[path] ?? "" }]
      : [];
  });
  const { config, diagnostics } = readAlertmanagerConfig(files["alertmanager/alertmanager.yml"] ?? "");
  if (!config) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  const channels = channelsOf(environment);
  const wakes = waking(environment);
  return {
    name: "watchbill",
    rules,
    externalLabels: { environment: environment.name },
    alertmanager: config,
    tells: (receiver) =>
      (channels.get(receiver) ?? []).flatMap((key) => {
        const channel = environment.channels[key];
        return channel ? [channelName(channel)] : [];
      }),
    wakes: (receiver) => wakes.has(receiver),
  };
}

/** The names in the rules' expressions: metrics, labels, functions. */
export function namesIn(sets: readonly RuleSet[]): ReadonlySet<string> {
  const expressions = sets.flatMap(({ rules }) =>
    rules.flatMap(({ text }) => groupsOf(text).flatMap((group) => group.rules.map(({ expr }) => expr))),
  );
  return new Set(expressions.flatMap((expression) => expression.match(/[a-zA-Z_:][\w:]*/g) ?? []));
}

/** Whether some rules may read a metric: it, or a part of it, is named in them. */
export function needsOf(sets: readonly RuleSet[]): (metric: string) => boolean {
  const names = namesIn(sets);
  return (metric) => ["", "_bucket", "_sum", "_count"].some((part) => names.has(`${metric}${part}`));
}
