import { type BurnTier, budgetWindow, type Environment, kebab, type Objective, type Service } from "@watchbill/model";
import { burnAlertId, runbookUrl, sloSeries } from "../../conventions";
import { formatQuantity } from "../../format-quantity";
import { formatDuration } from "../../lapse";
import { formatNumber } from "../prometheus/promql";
import { graphPanel } from "./graph";
import type { PanelJson } from "./json-model";
import { colors, type Limit } from "./limits";
import { alertLinks, link } from "./links";
import { panelNumber } from "./panel-number";
import { targetsOf } from "./query";
import { statPanel } from "./stat";
import { recordedSeries } from "./style";

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("-", " ");
const compact = (value: number) => formatNumber(Number(value.toPrecision(6)));

/** Below nothing the objective is missed; with less than a quarter left, risks are better not taken. */
const budgetLimits: readonly Limit[] = [
  { value: 0, color: colors.critical, bad: "below" },
  { value: 0.25, color: colors.warning, bad: "below" },
];

/** A share of nothing is no number. */
const noEvents = (index: number) =>
  ({ type: "special", options: { match: "nan", result: { text: "no traffic", index } } }) as const;

/** In seconds: what lasts for longer lasts. */
const century = 100 * 365 * 86_400;

const tierLimit = ({ factor, pages }: BurnTier): Limit => ({
  value: factor,
  color: pages ? colors.critical : colors.warning,
  bad: "above",
});

const tierLegend = ({ long, factor, pages }: BurnTier) =>
  `${formatDuration(long)}: ${pages ? "calls" : "ticket"} above ${compact(factor)}×`;

/** An objective's error budget, and how fast it burns held against the pace at which somebody is told. */
export function objectivePanels(environment: Environment, service: Service, objective: Objective): PanelJson[] {
  const { id, title, target, over, tiers, alertBelow } = objective;
  const labels = recordedSeries(service, objective);
  const counted = budgetWindow(environment, objective);
  const here = counted.value < over.value ? ` Counted over ${formatDuration(counted)} here.` : "";
  const limit = alertBelow ? ` Below ${formatQuantity(alertBelow)} a ticket is open.` : "";
  const promise = `${title}: ${formatQuantity(target)} over ${formatDuration(over)}.${limit}${here}`;
  const allowed = Number((1 - target.value).toPrecision(12));
  const alerts = [burnAlertId(true), burnAlertId(false)];
  const runbooks = alerts.map((alert) => link(`Runbook: ${alert}`, runbookUrl(environment, { runbook: kebab(alert) })));
  const links = [...runbooks, ...alertLinks(environment, service, alerts)];
  const budget = { expr: `${sloSeries.budgetRemaining}${labels}`, legend: "left" };
  const burns = tiers.map((tier) => ({
    expr: `${sloSeries.errorRatio(formatDuration(tier.long))}${labels} / ${formatNumber(allowed)}`,
    legend: tierLegend(tier),
  }));
  return [
    statPanel({
      id: panelNumber(`objective ${id} budget`),
      title: `${capitalized(id)}: error budget left`,
      description: `${promise} What is left of the failures that this allows, all instances together.`,
      links,
      targets: targetsOf([budget], { instant: true }),
      axis: { unit: "percentunit" },
      limits: budgetLimits,
      mappings: [noEvents(0)],
    }),
    statPanel({
      id: panelNumber(`objective ${id} exhaustion`),
      title: `${capitalized(id)}: budget lasts`,
      description: `${promise} Time until nothing of the budget is left, at the pace of the last hour.`,
      links,
      targets: targetsOf([{ expr: `${sloSeries.exhaustion}${labels}`, legend: "lasts" }], { instant: true }),
      axis: { unit: "s" },
      limits: [],
      mappings: [
        { type: "range", options: { from: century, to: 1e300, result: { text: "nothing burns", index: 0 } } },
        noEvents(1),
      ],
    }),
    graphPanel({
      id: panelNumber(`objective ${id} burn`),
      title: `${capitalized(id)}: burn rate`,
      description: `${promise} How many times faster than it allows the budget burns: at 1 it is used up exactly at the end. Somebody is told where a line crosses the limit of its own window.`,
      links,
      targets: targetsOf(burns, { instant: false }),
      axis: { unit: "short", label: "× allowed" },
      limits: tiers.map(tierLimit),
      min: 0,
      share: false,
      // Usual paces are around 1; up to where the fastest tier begins they would all lie at the bottom.
      upTo: 2,
    }),
  ];
}
