import type { Node } from "yaml";
import type { Route } from "./config";
import { matchersText } from "./matcher";
import { readMatchers } from "./read-matchers";
import type { Reading } from "./reading";

const fieldNames = [
  "receiver",
  "group_by",
  "match",
  "match_re",
  "matchers",
  "mute_time_intervals",
  "active_time_intervals",
  "continue",
  "routes",
  "group_wait",
  "group_interval",
  "repeat_interval",
  "labels",
] as const;

/** What a route is checked against. */
interface Names {
  readonly receivers: ReadonlyMap<string, unknown>;
  readonly timeIntervals: ReadonlyMap<string, unknown>;
}

/** Alertmanager's own defaults (https://prometheus.io/docs/alerting/latest/configuration/#route). */
const defaults = {
  receiver: "",
  groupBy: [],
  groupWait: 30_000,
  groupInterval: 5 * 60_000,
  repeatInterval: 4 * 3_600_000,
} as const satisfies Partial<Route>;

/** The routing tree; what a route does not say it takes over from the one above, but for matchers and time intervals. */
export function readRoute(reading: Reading, node: Node, names: Names): Route {
  return readNode(reading, node, names, undefined, "route");
}

function readNode(reading: Reading, node: Node, names: Names, above: Route | undefined, path: string): Route {
  const fields = reading.fields(node, path, fieldNames);
  const over = above ?? defaults;
  const matchers = readMatchers(reading, path, { list: fields.matchers, equal: fields.match, regExp: fields.match_re });
  const route: Omit<Route, "routes"> = {
    matchers,
    receiver: receiver(reading, fields.receiver, names, path) ?? over.receiver,
    groupBy: groupBy(reading, fields.group_by, path) ?? over.groupBy,
    groupWait: reading.duration(fields.group_wait, path) ?? over.groupWait,
    groupInterval: interval(reading, fields.group_interval, path) ?? over.groupInterval,
    repeatInterval: interval(reading, fields.repeat_interval, path) ?? over.repeatInterval,
    mute: intervalNames(reading, fields.mute_time_intervals, names, path),
    active: intervalNames(reading, fields.active_time_intervals, names, path),
    continue: reading.flag(fields.continue, path) ?? false,
    key: `${above ? `${above.key}/` : ""}${matchersText(matchers)}`,
  };
  if (!above) checkRoot(reading, node, fields, route);
  const routes = reading.list(fields.routes, path).flatMap((item, index) => {
    return item ? [readNode(reading, item, names, { ...route, routes: [] }, `${path}/${index + 1}`)] : [];
  });
  return { ...route, routes };
}

/** Whatever matches nothing else ends at the root, which hence has to take it, at any time. */
function checkRoot(
  reading: Reading,
  node: Node,
  fields: Partial<Record<(typeof fieldNames)[number], Node>>,
  route: Omit<Route, "routes">,
): void {
  const refused = {
    matchers: route.matchers.length > 0,
    mute_time_intervals: route.mute.length > 0,
    active_time_intervals: route.active.length > 0,
    continue: route.continue,
  };
  for (const name of ["matchers", "mute_time_intervals", "active_time_intervals", "continue"] as const) {
    if (refused[name])
      reading.misplaced(fields[name] ?? node, "route", `the root route can't have ${name}`, "move it to a route below");
  }
  if (route.receiver === "")
    reading.misplaced(node, "route", "the root route has no receiver", "name one: `receiver: …`");
}

function receiver(reading: Reading, node: Node | undefined, { receivers }: Names, path: string): string | undefined {
  const name = reading.text(node, path);
  if (!name) return undefined;
  if (!receivers.has(name))
    reading.mistake(node, {
      code: "alertmanager-receiver",
      path,
      message: `there is no receiver "${name}"`,
      hint: `there are ${[...receivers.keys()].join(", ") || "none"}`,
    });
  return name;
}

function intervalNames(reading: Reading, node: Node | undefined, { timeIntervals }: Names, path: string) {
  return reading.list(node, path).flatMap((item) => {
    const name = reading.text(item, path);
    if (name === undefined) return [];
    if (!timeIntervals.has(name))
      reading.mistake(item, {
        code: "alertmanager-interval",
        path,
        message: `there is no time interval "${name}"`,
        hint: `there are ${[...timeIntervals.keys()].join(", ") || "none"}`,
      });
    return [name];
  });
}

function groupBy(reading: Reading, node: Node | undefined, path: string): Route["groupBy"] | undefined {
  if (!node) return undefined;
  const names = reading.labelNames(node, path);
  if (new Set(names).size < names.length)
    reading.misplaced(node, path, "group_by names a label twice", "name each label once");
  if (!names.includes("...")) return names;
  if (names.length > 1)
    reading.misplaced(node, path, 'group_by has "..." beside labels', 'write either labels, or "..." alone');
  return "all";
}

function interval(reading: Reading, node: Node | undefined, path: string): number | undefined {
  const duration = reading.duration(node, path);
  if (duration !== 0) return duration;
  const [message, hint] = ["an interval can't be 0", "write how long to wait: 5m"];
  reading.mistake(node, { code: "alertmanager-duration", path, message, hint });
  return undefined;
}
