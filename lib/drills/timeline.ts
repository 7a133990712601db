import type { Phase } from "@watchbill/model";
import { heldWords } from "../simulator";
import { clock } from "./clock";
import { alertName, told } from "./pages";
import type { Played } from "./play";
import type { RuleSet } from "./rule-set";

/** One thing that happened in a drill, in words. */
export interface Entry {
  /** In ms since the drill began. */
  readonly at: number;
  readonly kind: "injected" | "mended" | "detected" | "fires" | "paged" | "told" | "held back" | "resolved";
  readonly what: string;
  /** Who, or why. */
  readonly more: string;
}

/** In this order where they happen at the same time. */
const kinds: readonly Entry["kind"][] = [
  "injected",
  "mended",
  "detected",
  "fires",
  "paged",
  "told",
  "held back",
  "resolved",
];

/** More than so many of one kind of phase are not listed one by one. */
const mostRepeats = 4;

function phaseEntries({ service, what, after, lasts, times, every }: Phase): readonly Entry[] {
  const shown = Math.min(times, mostRepeats);
  return Array.from({ length: shown }, (_, index): readonly Entry[] => {
    const at = (after.value + index * every.value) * 1000;
    const more =
      index === shown - 1 && times > shown ? `${service.name}, and ${times - shown} times more` : service.name;
    const end: Entry[] =
      lasts === undefined
        ? []
        : [{ at: at + lasts.value * 1000, kind: "mended", what: "it is over", more: service.name }];
    return [{ at, kind: "injected", what, more }, ...end];
  }).flat();
}

/** Alerts that are read by nobody, such as a heartbeat, are no part of the story. */
function heardOf({ alerts, notifications, suppressions, begins }: Played, { tells }: RuleSet) {
  const names = new Set<string>();
  const key = (labels: Readonly<Record<string, string>>) => `${labels.service} ${labels.alertname}`;
  for (const { receiver, firing } of notifications) {
    if (tells(receiver).length > 0) for (const { labels } of firing) names.add(key(labels));
  }
  for (const { receiver, alert } of suppressions) if (tells(receiver).length > 0) names.add(key(alert.labels));
  return alerts.filter(({ labels, startsAt }) => names.has(key(labels)) && startsAt >= begins);
}

/** Several alerts of one name are one line. */
const counted = (names: readonly string[]) =>
  [...new Set(names)]
    .map((name) => {
      const many = names.filter((one) => one === name).length;
      return many > 1 ? `${name} × ${many}` : name;
    })
    .join(", ");

/** What happened in a drill, in the order of time. */
export function timeline(played: Played, set: RuleSet): readonly Entry[] {
  const { drill, begins, notifications, suppressions } = played;
  const since = (time: number) => time - begins;
  const heard = heardOf(played, set);
  const firsts = new Map<string, number>();
  for (const alert of heard) {
    const name = alertName(alert);
    if (!firsts.has(name)) firsts.set(name, alert.startsAt);
  }
  const [first] = [...firsts.values()].sort((one, other) => one - other);
  const fires = [...firsts].map(
    ([what, time]): Entry => ({ at: since(time), kind: time === first ? "detected" : "fires", what, more: "" }),
  );
  const messages = told(notifications, set).flatMap((one): readonly Entry[] => {
    const what = counted(one.alerts.map(alertName));
    const more = set.tells(one.receiver).join(", ");
    const kind = set.wakes(one.receiver) ? "paged" : "told";
    const { resolvedAt } = one;
    const end: Entry[] = resolvedAt === undefined ? [] : [{ at: since(resolvedAt), kind: "resolved", what, more }];
    return [{ at: since(one.at), kind, what, more }, ...end];
  });
  const quiet = new Map<string, Entry>();
  for (const { alert, receiver, held, from } of suppressions) {
    const more = heldWords(held);
    const key = `${alertName(alert)} ${more}`;
    if (set.tells(receiver).length > 0 && from >= begins && !quiet.has(key)) {
      quiet.set(key, { at: since(from), kind: "held back", what: alertName(alert), more });
    }
  }
  const entries = [...drill.happens.flatMap(phaseEntries), ...fires, ...messages, ...quiet.values()];
  return together(
    entries.sort((one, other) => one.at - other.at || kinds.indexOf(one.kind) - kinds.indexOf(other.kind)),
  );
}

/** What is the same but for the alert, at the same time, is one line. */
function together(entries: readonly Entry[]): readonly Entry[] {
  const found: Entry[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    const same = last && last.at === entry.at && last.kind === entry.kind && last.more === entry.more;
    if (same && entry.kind !== "injected") found[found.length - 1] = { ...last, what: `${last.what}, ${entry.what}` };
    else found.push(entry);
  }
  return found;
}

/** A list of alerts may be longer than its column; what follows is not worth a line of its own. */
const column = 28;

/** A timeline as lines, aligned. */
export function linesOf(entries: readonly Entry[]): readonly string[] {
  const width = Math.max(0, ...entries.map(({ at }) => clock(at).length));
  return entries.map(({ at, kind, what, more }) =>
    `${clock(at).padStart(width)}  ${kind.padEnd(9)}  ${what.padEnd(column)}  ${more}`.trimEnd(),
  );
}
