import { type Alert, type Environment, keptName, type Panel, type Service } from "@watchbill/model";
import { lapsed } from "../../lapse";
import { printNode } from "../prometheus/promql";
import { graphPanel } from "./graph";
import type { PanelJson } from "./json-model";
import { alertsOn, describeLimit, limitsOf, unitOf } from "./limits";
import { panelLinks } from "./links";
import { panelNumber } from "./panel-number";
import { type Query, targetsOf } from "./query";
import { shownNodes } from "./shown";
import { statPanel } from "./stat";
import { panelStyle, step } from "./style";
import { axisUnit, neverNegative } from "./unit";

/** `{route}` as Grafana's legends have it. */
const legend = (text: string) => text.replace(/\{(\w+)\}/g, "{{$1}}");

function description(environment: Environment, panel: Panel, drawn: readonly Alert[]): string {
  const list = drawn.map((alert) => `- ${describeLimit(environment, alert)}`);
  return list.length === 0 ? panel.description : `${panel.description}\n\nDashed lines:\n\n${list.join("\n")}`;
}

/** A declared panel as Grafana draws it, without its place. */
export function toPanel(environment: Environment, service: Service, panel: Panel): PanelJson {
  const alerts = alertsOn(service, panel);
  const unit = unitOf(panel);
  const limits = limitsOf(alerts, unit);
  const drawn = alerts.filter((alert) => limitsOf([alert], unit).length > 0);
  const nodes = shownNodes(panel, alerts);
  // What an alert counts, it counts in the environment's time; what nobody waits for keeps the window it names.
  const style = panelStyle(service, (window) => (alerts.length > 0 ? lapsed(environment, window) : window));
  const queries = nodes.map(
    (node, index): Query => ({
      expr: printNode(node, style),
      legend: legend(panel.series[index]?.legend ?? ""),
      step: step(environment, node),
    }),
  );
  const content = {
    id: panelNumber(keptName({ name: panel.id, ...panel })),
    title: panel.title,
    description: description(environment, panel, drawn),
    links: panelLinks(environment, service, alerts),
    targets: targetsOf(queries, { instant: panel.as === "stat" }),
    axis: axisUnit(unit),
    limits,
    ...(nodes.every(neverNegative) && { min: 0 }),
  };
  if (panel.as === "stat") return statPanel(content);
  return graphPanel({ ...content, share: unit === "ratio", as: panel.as });
}
