import {
  type Alert,
  type Duration,
  type Environment,
  keptName,
  type Node,
  type Panel,
  type Service,
} from "@watchbill/model";
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
import { panelStyle, step, worstWithin } from "./style";
import { type AxisUnit, axisUnit, neverNegative } from "./unit";

/** `{route}` as Grafana's legends have it. */
const legend = (text: string) => text.replace(/\{(\w+)\}/g, "{{$1}}");

function description(environment: Environment, panel: Panel, drawn: readonly Alert[]): string {
  const list = drawn.map((alert) => `- ${describeLimit(environment, alert)}`);
  const heading = panel.as === "timeseries" ? "Dashed lines" : "Alerts";
  return list.length === 0 ? panel.description : `${panel.description}\n\n${heading}:\n\n${list.join("\n")}`;
}

/** A single value has no axis that could name what is counted; it is said unless the title does so already. */
function title({ title, as }: Panel, { label }: AxisUnit): string {
  const isNamed = label === undefined || title.toLowerCase().includes(label.replace(/\/s$/, "").toLowerCase());
  return as !== "stat" || isNamed ? title : `${title} (${label})`;
}

/** A declared panel as Grafana draws it, without its place. */
export function toPanel(environment: Environment, service: Service, panel: Panel): PanelJson {
  const alerts = alertsOn(service, panel);
  const unit = unitOf(panel);
  const limits = limitsOf(alerts, unit);
  const drawn = alerts.filter((alert) => limitsOf([alert], unit).length > 0);
  const nodes = shownNodes(panel, alerts);
  // What an alert counts, it counts in the environment's time; what nobody waits for keeps the window it names.
  const window = (of: Duration) => (alerts.length > 0 ? lapsed(environment, of) : of);
  const style = panelStyle(service, window);
  const worst = limits.length > 0 && limits.every(({ bad }) => bad === "below") ? "min" : "max";
  const print = (node: Node) => {
    const expr = printNode(node, style);
    if (panel.as === "ranking") return largestFirst(expr);
    return panel.as === "timeseries" ? worstWithin(expr, node, window, worst) : expr;
  };
  const queries = nodes.map(
    (node, index): Query => ({
      expr: print(node),
      legend: legend(panel.series[index]?.legend ?? ""),
      step: step(environment, node, window),
    }),
  );
  const content = {
    id: panelNumber(keptName({ name: panel.id, ...panel })),
    title: title(panel, axisUnit(unit)),
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
