import { type Alert, comparisonOf, type Duration, mapWindows, type Node, type Panel } from "@watchbill/model";

/** A node in words, once for each: every backend that draws asks for the same ones. */
const once = (say: (node: Node) => string) => {
  const said = new WeakMap<Node, string>();
  return (node: Node): string => {
    const known = said.get(node) ?? say(node);
    said.set(node, known);
    return known;
  };
};
const exactly = once((node) => JSON.stringify(node));
const anyWindow = once((node) => JSON.stringify(mapWindows(node, (): Duration => ({ value: 0, unit: "seconds" }))));

/**
 * What a panel's series show. One that is an alert's own measure but for its windows takes the alert's, which the
 * environment may have tuned: the line and its limit belong together.
 */
export function shownNodes(panel: Panel, alerts: readonly Alert[]): readonly Node[] {
  const declared = panel.series.map(({ of }) => of.node);
  if (alerts.length === 0) return declared;
  const exact = new Set(declared.map(exactly));
  const measures = alerts
    .flatMap(({ when }) => comparisonOf(when.test)?.left ?? [])
    .filter((node) => !exact.has(exactly(node)));
  return declared.map((node) => measures.find((measure) => anyWindow(measure) === anyWindow(node)) ?? node);
}
