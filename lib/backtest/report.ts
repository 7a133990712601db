import { DateTime } from "luxon";
import { formatDuration } from "../lapse";
import type { FiredAlert } from "../simulator";
import type { Backtest } from "./backtest";
import type { Call } from "./calls";
import type { Change, Firing } from "./firings";

/** Of an alert that fires again and again, so many are told one by one. */
const mostAlike = 3;

const duration = (milliseconds: number) => formatDuration({ value: Math.round(milliseconds / 1000), unit: "seconds" });

const lasted = ({ startsAt, endsAt }: FiredAlert) =>
  endsAt === undefined ? "to the end" : duration(endsAt - startsAt);

/** What is different about it now. */
function difference({ alert, was }: Firing): string {
  if (!was) return "";
  const sooner = was.startsAt - alert.startsAt;
  const words = [
    sooner > 0 ? `${duration(sooner)} sooner` : sooner < 0 ? `${duration(-sooner)} later` : "",
    sooner === 0 && was.endsAt !== alert.endsAt ? `was ${lasted(was)}` : "",
    was.labels.severity === alert.labels.severity ? "" : `was ${was.labels.severity}`,
    was.labels.priority === alert.labels.priority || was.labels.severity !== alert.labels.severity
      ? ""
      : `was ${was.labels.priority}`,
  ];
  return words.filter((word) => word !== "").join(", ") || "other labels";
}

function callWords({ names, wakes, before, why }: Call): string {
  if (names.length === 0) return `nobody: ${why}`;
  return `${before ? "told before:" : wakes ? "pages" : "tells"} ${names.join(", ")}`;
}

const signs: Readonly<Record<Change, string>> = { new: "+ new", gone: "- gone", changed: "~ ", same: "  same" };

/** The rows of the table, its head first; a column for the change where there is something to compare with. */
export function rowsOf({ firings, after, before, from }: Backtest, zone: string): readonly (readonly string[])[] {
  const rows = firings.map((firing) => {
    const { alert, change } = firing;
    const calls = change === "gone" && before ? before : after;
    const who = callWords(calls.of(alert));
    const what = change === "changed" ? `${signs.changed}${difference(firing)}` : signs[change];
    const { alertname = "", service = "", instance = "" } = alert.labels;
    const name = instance === "" || instance === "all" ? alertname : `${alertname} ${instance}`;
    return { alert, cells: [name, service, ...(before ? [what] : []), who] };
  });
  const alike = new Map<string, typeof rows>();
  for (const row of rows) alike.set(row.cells.join("\t"), [...(alike.get(row.cells.join("\t")) ?? []), row]);
  const when = (time: number) =>
    time <= from ? "at the start" : DateTime.fromMillis(time, { zone }).toFormat("MM-dd HH:mm:ss");
  const shown = [...alike.values()].flatMap((group) => {
    const one = ({ alert, cells }: (typeof rows)[number]) => ({
      at: alert.startsAt,
      cells: [when(alert.startsAt), lasted(alert), ...cells],
    });
    // Two of the same take as much room as a line that says so.
    if (group.length <= mostAlike + 1) return group.map(one);
    const rest = group.slice(mostAlike);
    const all = rest.reduce((sum, { alert }) => sum + ((alert.endsAt ?? alert.startsAt) - alert.startsAt), 0);
    const cells = ["… and again", `${rest.length} times, ${duration(all)}`, ...rest[0]!.cells];
    return [...group.slice(0, mostAlike).map(one), { at: rest[0]!.alert.startsAt, cells }];
  });
  const head = ["WHEN", "LASTED", "ALERT", "SERVICE", ...(before ? ["CHANGE"] : []), "WHO IS CALLED"];
  return [head, ...shown.sort((one, other) => one.at - other.at).map(({ cells }) => cells)];
}

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** How many there were of what. */
export function totalsOf({ firings, after, before }: Backtest): readonly string[] {
  const count = (...changes: readonly Change[]) => firings.filter(({ change }) => changes.includes(change)).length;
  const line = (fired: number, { told, pages }: Backtest["after"]) =>
    `${many(fired, "alert")} fired, ${many(told, "message")} of new trouble, ${many(pages, "page")} among them`;
  if (!before) return [line(count("new"), after)];
  const changes = (["new", "gone", "changed", "same"] as const).map((change) => `${count(change)} ${change}`);
  return [
    `before: ${line(count("same", "changed", "gone"), before)}`,
    `after:  ${line(count("same", "changed", "new"), after)}`,
    `so:     ${changes.join(", ")}`,
  ];
}
