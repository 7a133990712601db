import { type Alert, comparisonOf, type Duration, mapWindows, type Node, type Panel } from "@watchbill/model";

const anyWindow = (node: Node) => JSON.stringify(mapWindows(node, (): Duration => ({ value: 0, unit: "seconds" })));

/**
 * What a panel's series show. One that is an alert's own measure but for its windows takes the alert's, which the
 * environment may have tuned: the line and its limit belong together.
 */
export function shownNodes(panel: Panel, alerts: readonly Alert[]): readonly Node[] {
  const declared = panel.series.map(({ of }) => of.node);
  const exact = new Set(declared.map((node) => JSON.stringify(node)));
  const measures = alerts
    .flatMap(({ when }) => comparisonOf(when.test)?.left ?? [])
    .filter((node) => !exact.has(JSON.stringify(node)));
  return declared.map((node) => measures.find((measure) => anyWindow(measure) === anyWindow(node)) ?? node);
}
