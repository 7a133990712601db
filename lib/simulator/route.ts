import type { AlertmanagerConfig, Route } from "./config";
import { type Labels, labelsText, labelValue, sortedLabels } from "./labels";
import { matchesAll } from "./matcher";

/**
 * The routes that an alert takes, depth first from left to right: of each node the first of its routes that matches,
 * and the next ones as long as a match says `continue`; the node itself where none does.
 */
export function routesOf({ route }: Pick<AlertmanagerConfig, "route">, labels: Labels): readonly Route[] {
  return matching(route, labels);
}

function matching(route: Route, labels: Labels): readonly Route[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const below: Route[] = [];
  for (const child of route.routes) {
    const matches = matching(child, labels);
    below.push(...matches);
    if (matches.length > 0 && !child.continue) break;
  }
  return below.length > 0 ? below : [route];
}

/** The labels that an alert's group has in common, of those that the alert has. */
export const groupLabels = ({ groupBy }: Route, labels: Labels): Labels =>
  groupBy === "all"
    ? Object.fromEntries(sortedLabels(labels))
    : Object.fromEntries(
        groupBy.map((name) => [name, labelValue(labels, name)] as const).filter(([, value]) => value !== ""),
      );

export const groupKey = (route: Route, labels: Labels) => `${route.key}:${labelsText(labels)}`;
