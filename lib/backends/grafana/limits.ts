import { type Alert, comparisonOf, severityMeaning } from "@watchbill/model";
import type { ThresholdStep } from "./json-model";

export const colors = { critical: "red", warning: "orange", info: "blue", good: "green" } as const;

/** A value that an alert is held against. */
export interface Limit {
  readonly value: number;
  readonly color: string;
  /** Which side of the value is bad. */
  readonly bad: "above" | "below";
}

/** The limits of the alerts that point at a panel; one in another unit has no place on its axis. */
export const limitsOf = (alerts: readonly Alert[], unit: string): readonly Limit[] =>
  alerts.flatMap(({ severity, when }) => {
    const compared = comparisonOf(when.test);
    if (!compared || compared.threshold.unit !== unit) return [];
    const bad = compared.comparison.startsWith("<") ? "below" : "above";
    return [{ value: compared.threshold.value, color: colors[severityMeaning[severity].label], bad }];
  });

const rank: readonly string[] = [colors.critical, colors.warning, colors.info];
const worst = (limits: readonly Limit[]) => rank.find((color) => limits.some((limit) => limit.color === color));
const values = (limits: readonly Limit[]) => [...new Set(limits.map(({ value }) => value))].sort((a, b) => a - b);

/** Limits as the lines of a graph: one a value, in the color of the worst alert that has it. */
export const lines = (limits: readonly Limit[]): ThresholdStep[] => [
  { value: null, color: colors.good },
  ...values(limits).map((value) => ({
    value,
    color: worst(limits.filter((limit) => limit.value === value)) ?? colors.good,
  })),
];

/** Limits as the regions of a single value, each in the color of the worst alert that fires there. */
export const regions = (limits: readonly Limit[]): ThresholdStep[] =>
  [null, ...values(limits)].map((start) => {
    const from = start ?? Number.NEGATIVE_INFINITY;
    const firing = limits.filter(({ value, bad }) => (bad === "above" ? value <= from : value > from));
    return { value: start, color: worst(firing) ?? colors.good };
  });
