import { comparisonOf, type Diagnostic, type Duration, mapWindows, type Node, type Test } from "@watchbill/model";
import { formatDuration } from "../lapse";
import { type Check, mistake } from "./check";

/** A rate takes two samples; with four in its window, a lost scrape leaves enough. */
const fewest = 2;
const enough = 4;

function nodesOf(test: Test): readonly Node[] {
  if (test.op === "floor") return [test.events, ...nodesOf(test.test)];
  const left = comparisonOf(test)?.left;
  return left ? [left] : [];
}

function shortest(nodes: readonly Node[]): Duration | undefined {
  const found: Duration[] = [];
  for (const node of nodes) {
    mapWindows(node, (window) => {
      found.push(window);
      return window;
    });
  }
  return shortestOf(found);
}

const shortestOf = (windows: readonly Duration[]): Duration | undefined =>
  [...windows].sort((a, b) => a.value - b.value)[0];

/** A window with less than two scrapes in it never has a rate, and one with less than four has none now and then. */
export const windowsTooShort: Check = ({ environment, services }) => {
  const { scrapeEvery } = environment;
  const judge = (name: string, at: Diagnostic["at"], window: Duration | undefined): readonly Diagnostic[] => {
    if (window === undefined || window.value >= enough * scrapeEvery.value) return [];
    const scrapes = Math.floor(window.value / scrapeEvery.value);
    const never = scrapes < fewest;
    const path = `${environment.name}/${name}`;
    const holds = `a window of ${formatDuration(window)} holds ${scrapes} ${scrapes === 1 ? "scrape" : "scrapes"} of ${formatDuration(scrapeEvery)}`;
    const least = formatDuration({ value: enough * scrapeEvery.value, unit: "seconds" });
    const most = formatDuration({ value: window.value / enough, unit: "seconds" });
    const found = mistake(
      "window-too-short",
      path,
      at,
      `${holds}: ${never ? "too few for a rate" : "one that is lost leaves a gap"}`,
      `scrape at least each ${most} (\`scrapeEvery\`), or take a window of at least ${least}`,
    );
    return [never ? found : { ...found, severity: "warning" }];
  };
  return services.flatMap((service) => [
    ...service.watch.flatMap(({ alerts }) =>
      alerts.flatMap(({ id, when, place }) => judge(`${service.name}/${id}`, place, shortest(nodesOf(when.test)))),
    ),
    // Those of lasting tiers are stretched to as many scrapes as they need.
    ...service.objectives.flatMap(({ id, place, tiers }) =>
      judge(`${service.name}/${id}`, place, shortestOf(tiers.map(({ short }) => short))),
    ),
  ]);
};
