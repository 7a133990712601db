import { isAftermath } from "../conventions";
import { told } from "../drills/pages";
import type { RuleSet } from "../drills/rule-set";
import { keyOf } from "../replay/labelled";
import { type FiredAlert, type Held, heldWords, type Notification, simulate } from "../simulator";

/** Whom an alert calls. */
export interface Call {
  /** By name; nobody where it is empty. */
  readonly names: readonly string[];
  /** Whether it wakes somebody. */
  readonly wakes: boolean;
  /** Whether they heard of it as it fired before, and not that it had ended: they are not told again. */
  readonly before: boolean;
  /** Why nobody is told; empty if somebody is. */
  readonly why: string;
}

/** Who was told of the alerts of a replay. */
export interface Calls {
  readonly of: (alert: FiredAlert) => Call;
  /** Whether it is there for machines only: an outside heartbeat, Alertmanager's inhibition. */
  readonly forMachines: (alert: FiredAlert) => boolean;
  /** How often somebody is told of a trouble, and how often that wakes them. */
  readonly told: number;
  readonly pages: number;
}

const idOf = ({ labels, startsAt }: FiredAlert) => `${startsAt} ${keyOf(labels)}`;

/** Sends the alerts through the rule set's Alertmanager. */
export function callsOf(alerts: readonly FiredAlert[], set: RuleSet, from: number, to: number): Calls {
  const { notifications, suppressions } = simulate(set.alertmanager, alerts, { from, to });
  const all = told(notifications, set);
  const anew = receiversOf(notifications);
  const held = new Map(suppressions.map((one) => [idOf(one.alert), one.held]));
  const known = knownOf(notifications);
  const receiversTold = (alert: FiredAlert) => anew.get(idOf(alert)) ?? new Set<string>();
  return {
    told: all.length,
    pages: all.filter(({ receiver }) => set.wakes(receiver)).length,
    forMachines: (alert) => {
      if (isAftermath(alert.labels)) return true;
      const reached = [...receiversTold(alert)];
      return reached.length > 0 && reached.every((receiver) => set.tells(receiver).length === 0);
    },
    of: (alert) => {
      const before = receiversTold(alert).size === 0;
      const reached = [...(before ? known(alert) : receiversTold(alert))].sort();
      const names = [...new Set(reached.flatMap((receiver) => set.tells(receiver)))];
      const wakes = !before && reached.some((receiver) => set.wakes(receiver));
      return { names, wakes, before, why: names.length > 0 ? "" : why(held.get(idOf(alert))) };
    },
  };
}

function receiversOf(notifications: readonly Notification[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { receiver, firing } of notifications) {
    for (const alert of firing) found.set(idOf(alert), (found.get(idOf(alert)) ?? new Set()).add(receiver));
  }
  return found;
}

/** The receivers that believe, when an alert begins to fire, that it has been firing since before. */
function knownOf(notifications: readonly Notification[]): (alert: FiredAlert) => ReadonlySet<string> {
  const byLabels = new Map<string, { readonly at: number; readonly receiver: string; readonly firing: boolean }[]>();
  for (const { at, receiver, firing, resolved } of notifications) {
    for (const alert of [...resolved, ...firing]) {
      const key = keyOf(alert.labels);
      byLabels.set(key, [...(byLabels.get(key) ?? []), { at, receiver, firing: firing.includes(alert) }]);
    }
  }
  return ({ labels, startsAt }) => {
    const receivers = new Set<string>();
    for (const { at, receiver, firing } of byLabels.get(keyOf(labels)) ?? []) {
      if (at > startsAt) break;
      if (firing) receivers.add(receiver);
      else receivers.delete(receiver);
    }
    return receivers;
  };
}

const why = (held: Held | undefined) => (held ? heldWords(held) : "it is over before anybody is told");
