import { type Alert, comparisonOf, type Environment, type Panel, type Service, severityMeaning } from "@watchbill/model";
import { formatQuantity } from "../../format-quantity";
import { formatDuration, lapsed } from "../../lapse";
import type { ThresholdStep } from "./json-model";

export const colors = { critical: "red", warning: "orange", info: "blue", good: "green" } as const;

/** A value at which a color begins; red is worse than orange, orange than blue. */
export interface Limit {
  readonly value: number;
  readonly color: string;
  /** Which side of the value is bad. */
  readonly bad: "above" | "below";
}

export const alertsOn = (service: Service, panel: Panel): readonly Alert[] =>
  service.watch.flatMap(({ alerts }) => alerts.filter((alert) => alert.panel === panel.id));

/** The unit of a panel, which all of its series share. */
export const unitOf = (panel: Panel) => panel.series[0]?.of.unit ?? "none";

/** The limits of the alerts that point at a panel; one in another unit has no place on its axis. */
export const limitsOf = (alerts: readonly Alert[], unit: string): readonly Limit[] =>
  alerts.flatMap(({ severity, when }) => {
    const compared = comparisonOf(when.test);
    if (!compared || compared.threshold.unit !== unit) return [];
    const bad = compared.comparison.startsWith("<") ? "below" : "above";
    return [{ value: compared.threshold.value, color: colors[severityMeaning[severity].label], bad }];
  });

const rank: readonly string[] = [colors.critical, colors.warning, colors.info];

/** Limits as Grafana's steps, one a value (the worst), below the first of them what the lowest limit leaves. */
export function thresholdSteps(limits: readonly Limit[]): ThresholdStep[] {
  const worst = [...limits].sort((a, b) => a.value - b.value || rank.indexOf(a.color) - rank.indexOf(b.color));
  const steps = worst.filter(({ value }, index) => worst[index - 1]?.value !== value);
  const base = steps.find(({ bad }) => bad === "below")?.color ?? colors.good;
  return [{ value: null, color: base }, ...steps.map(({ value, color }) => ({ value, color }))];
}

const sides = { ">": "above", ">=": "from", "<": "below", "<=": "up to", "==": "at", "!=": "off" } as const;

/** What a dashed line means: `HttpErrorRatioHigh (critical) above 1% for 5m`. */
export function describeLimit(environment: Environment, alert: Alert): string {
  const compared = comparisonOf(alert.when.test);
  const limit = compared ? ` ${sides[compared.comparison]} ${formatQuantity(compared.threshold)}` : "";
  const time = alert.for.value > 0 ? ` for ${formatDuration(lapsed(environment, alert.for))}` : "";
  return `${alert.id} (${alert.severity})${limit}${time}`;
}
