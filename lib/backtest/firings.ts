import { keyOf } from "../replay/labelled";
import type { FiredAlert } from "../simulator";

/** What became of a firing by the change: the same one, the same with other times or labels, only there now, or no more. */
export type Change = "same" | "changed" | "new" | "gone";

export interface Firing {
  readonly change: Change;
  /** As it is now, or as it was if it is gone. */
  readonly alert: FiredAlert;
  /** As it was, unless it is new. */
  readonly was?: FiredAlert;
}

/** Who an alert is, whoever is told: a change of its severity does not make it another one. */
function identity({ labels }: FiredAlert): string {
  const { severity: _, priority: __, owner: ___, ...rest } = labels;
  return keyOf(rest);
}

const endOf = ({ endsAt = Number.POSITIVE_INFINITY }: FiredAlert) => endsAt;

/** Holds the alerts of two replays against each other: what fires at the same time under the same name is the same. */
export function compared(before: readonly FiredAlert[], after: readonly FiredAlert[]): Firing[] {
  const left = new Map<string, FiredAlert[]>();
  for (const alert of before) left.set(identity(alert), [...(left.get(identity(alert)) ?? []), alert]);
  const found = after.map((alert): Firing => {
    const candidates = left.get(identity(alert)) ?? [];
    const index = candidates.findIndex((was) => was.startsAt < endOf(alert) && alert.startsAt < endOf(was));
    const [was] = index < 0 ? [] : candidates.splice(index, 1);
    if (!was) return { change: "new", alert };
    const same =
      was.startsAt === alert.startsAt && was.endsAt === alert.endsAt && keyOf(was.labels) === keyOf(alert.labels);
    return { change: same ? "same" : "changed", alert, was };
  });
  const gone = [...left.values()].flat().map((was): Firing => ({ change: "gone", alert: was, was }));
  return [...found, ...gone].sort((one, other) => one.alert.startsAt - other.alert.startsAt);
}
