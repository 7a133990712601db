import { type Alert, type Environment, keptName, type Panel, type Service } from "@watchbill/model";
import { lapsed } from "../../lapse";
import { alertsOn, describeLimit, unitOf } from "../../panels/limits";
import { shownNodes } from "../../panels/shown";
import { printNode } from "../prometheus/promql";
import { graphPanel } from "./graph";
import type { PanelJson } from "./json-model";
import { limitsOf } from "./limits";
import { panelLinks } from "./links";
import { panelNumber } from "./panel-number";
import { type Query, targetsOf } from "./query";
import { largestFirst, rankingPanel } from "./ranking";
import { statPanel } from "./stat";
import { statesPanel } from "./states";
import { panelStyle, step } from "./style";
import { axisUnit, neverNegative } from "./unit";

/** `{route}` as Grafana's legends have it. */
const legend = (text: string) => text.replace(/\{(\w+)\}/g, "{{$1}}");

function description(environment: Environment, panel: Panel, drawn: readonly Alert[]): string {
  const list = drawn.map((alert) => `- ${describeLimit(environment, alert)}`);
  const heading = panel.as === "timeseries" ? "Dashed lines" : "Alerts";
  return list.length === 0 ? panel.description : `${panel.description}\n\n${heading}:\n\n${list.join("\n")}`;
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
      expr: panel.as === "ranking" ? largestFirst(printNode(node, style)) : printNode(node, style),
      legend: legend(panel.series[index]?.legend ?? ""),
      step: step(environment, node),
    }),
  );
  const content = {
    id: panelNumber(keptName({ name: panel.id, ...panel })),
    title: panel.title,
    description: description(environment, panel, drawn),
    links: panelLinks(environment, service, alerts),
    targets: targetsOf(queries, { instant: panel.as === "stat" || panel.as === "ranking" }),
    axis: axisUnit(unit),
    limits,
    ...(nodes.every(neverNegative) && { min: 0 }),
  };
  switch (panel.as) {
    case "stat":
      return statPanel(content);
    case "ranking":
      return rankingPanel(content);
    case "states":
      return statesPanel(content);
    default:
      return graphPanel({ ...content, share: unit === "ratio" });
  }
}
