import { type Alert, comparisonOf, type Environment, type Node, type Panel, type Service } from "@watchbill/model";
import { runbookUrl } from "../../conventions";
import { alertsOn, describeLimit, unitOf } from "../../panels/limits";
import { shownNodes } from "../../panels/shown";
import { formatNumber, nameQueries } from "./formula";
import type { Scope } from "./plain-query";
import { translate } from "./query";
import { accepted, type Refusal } from "./refusal";
import { numberFormat } from "./unit";

/** A widget's definition as Datadog's API takes it (https://docs.datadoghq.com/dashboards/widgets/). */
export type WidgetDefinition = Readonly<Record<string, unknown>> & { readonly type: string };

/** Tags stand in the legend by themselves; what is left of a legend is the name of the line. */
function alias(legend: string) {
  const text = legend
    .replace(/\{\w+\}/g, "")
    .replace(/\(\s*\)|\[\s*\]/g, "")
    .replace(/\s+/g, " ")
    .replace(/^[\s:,/·-]+|[\s:,/·-]+$/g, "");
  return text === "" ? {} : { alias: text };
}

/** Time ranges that a single value can have of its own, in seconds. */
const liveSpans: Readonly<Record<number, string>> = {
  60: "1m",
  300: "5m",
  600: "10m",
  900: "15m",
  1800: "30m",
  3600: "1h",
  14400: "4h",
  86400: "1d",
  172800: "2d",
  604800: "1w",
};

const isSevere = ({ severity }: Alert) => severity === "critical" || severity === "high";

/** The alerts' limits, drawn where the panel has their unit. */
function markers(environment: Environment, alerts: readonly Alert[], unit: string) {
  return alerts.flatMap((alert) => {
    const threshold = comparisonOf(alert.when.test)?.threshold;
    if (threshold?.unit !== unit) return [];
    return [
      {
        display_type: `${isSevere(alert) ? "error" : "warning"} dashed`,
        label: describeLimit(environment, alert),
        value: `y = ${formatNumber(threshold.value)}`,
      },
    ];
  });
}

const runbookLinks = (environment: Environment, alerts: readonly Alert[]) =>
  alerts.length === 0
    ? {}
    : {
        custom_links: alerts.map((alert) => ({ label: `Runbook: ${alert.id}`, link: runbookUrl(environment, alert) })),
      };

/** The windows of what a tree counts, and NaN for anything else that it reads. */
function windowsCounted(node: Node): readonly number[] {
  if (node.op === "constant") return [];
  if (node.op === "arithmetic") return [...windowsCounted(node.left), ...windowsCounted(node.right)];
  return [node.op === "increase" && node.of.metric.source !== "node" ? node.over.value : Number.NaN];
}

/** Counts within one window as a single value: counted over that very window, not over the dashboard's. */
function countedOver(node: Node): string | undefined {
  const [window = Number.NaN, ...others] = new Set(windowsCounted(node));
  return others.length === 0 ? liveSpans[window] : undefined;
}

/** A declared panel as a widget, and what of it can't be drawn. */
export function panelWidget(
  environment: Environment,
  service: Service,
  panel: Panel,
): { readonly widget?: WidgetDefinition; readonly refusals: readonly Refusal[] } {
  const scope: Scope = { service, environment: environment.name };
  const alerts = alertsOn(service, panel);
  const unit = unitOf(panel);
  const nodes = shownNodes(panel, alerts);
  const [first] = nodes;
  const [isValue, isRanking] = [panel.as === "stat", panel.as === "ranking"];
  const isOfNow = isValue || isRanking;
  const span = isOfNow && first ? countedOver(first) : undefined;
  const translated = nodes.map((node) => translate(node, scope, span ? "total" : "graph"));
  const refusals = translated.filter((one) => !accepted(one)) as Refusal[];
  const drawn = translated.flatMap((one, index) =>
    accepted(one) ? [{ ...nameQueries(one), legend: panel.series[index]?.legend ?? "" }] : [],
  );
  if (drawn.length === 0) return { refusals };
  const requests = drawn.map(({ formula, queries, legend }) => ({
    formulas: [
      {
        formula,
        ...alias(legend),
        number_format: numberFormat(unit),
        ...(isRanking && { limit: { count: 10, order: "desc" } }),
      },
    ],
    queries: queries.map((one) => ({
      data_source: "metrics",
      ...one,
      ...(isOfNow && { aggregator: span ? "sum" : "last" }),
    })),
    response_format: isOfNow ? "scalar" : "timeseries",
    ...(!isOfNow && {
      display_type: "line",
      style: { line_type: "solid", line_width: "normal", palette: "dog_classic" },
    }),
  }));
  const common = {
    title: panel.title,
    description: panel.description,
    ...runbookLinks(environment, alerts),
  };
  if (isOfNow) {
    return {
      refusals,
      widget: {
        type: isValue ? "query_value" : "toplist",
        ...common,
        ...(isValue && { autoscale: true, precision: 2 }),
        requests: requests.slice(0, 1),
        ...(span && { time: { live_span: span } }),
      },
    };
  }
  const limits = markers(environment, alerts, unit);
  return {
    refusals,
    widget: {
      type: "timeseries",
      ...common,
      legend_columns: ["avg", "max", "value"],
      legend_layout: "auto",
      ...(limits.length > 0 && { markers: limits }),
      requests,
      show_legend: true,
      yaxis: { include_zero: true, max: "auto", min: "auto", scale: "linear" },
    },
  };
}
