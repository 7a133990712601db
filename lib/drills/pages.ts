import type { FiredAlert, Notification } from "../simulator";
import type { RuleSet } from "./rule-set";

/** Somebody is told of a trouble for the first time, or anew since it had ended. */
export interface Told {
  readonly at: number;
  readonly receiver: string;
  readonly alerts: readonly FiredAlert[];
  readonly groupKey: string;
  /** When the same people were told that it had ended. */
  readonly resolvedAt?: number;
}

/**
 * What a person would count: a trouble that is told again while it lasts is the same one, as PagerDuty has it by the
 * group's key. Receivers that tell nobody are left out.
 */
export function told(notifications: readonly Notification[], { tells }: RuleSet): readonly Told[] {
  const found: (Omit<Told, "resolvedAt"> & { resolvedAt?: number })[] = [];
  const open = new Map<string, (typeof found)[number]>();
  for (const { at, receiver, groupKey, status, firing } of notifications) {
    if (tells(receiver).length === 0) continue;
    const key = `${receiver} ${groupKey}`;
    const known = open.get(key);
    if (status === "resolved") {
      if (known) known.resolvedAt = at;
      open.delete(key);
    } else if (!known) {
      const one = { at, receiver, alerts: firing, groupKey };
      found.push(one);
      open.set(key, one);
    }
  }
  return found;
}

/** Those of them that wake somebody. */
export const pages = (notifications: readonly Notification[], set: RuleSet): readonly Told[] =>
  told(notifications, set).filter(({ receiver }) => set.wakes(receiver));

export const alertName = ({ labels }: FiredAlert) => labels.alertname ?? "";
