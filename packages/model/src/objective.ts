import type { Former } from "./formerly";
import type { Selection } from "./metric";
import { Place } from "./place";
import type { Duration, Quantity } from "./quantity";

/**
 * A promise about a share of events, kept over a window: 99.9 % of requests answered without a server error in 30 days.
 * Terms as in the SRE workbook, chapter "Alerting on SLOs".
 */
export interface Objective {
  /** Kebab-case, unique in its service: `availability`. */
  readonly id: string;
  /** Names that it had before, the oldest first: its budget goes on from theirs. */
  readonly formerly?: Former;
  readonly title: string;
  /** The share of events that must be good. */
  readonly target: Quantity<"ratio">;
  readonly over: Duration;
  readonly indicator: Indicator;
  /** Fewer events than this within a tier's short window never call anybody. */
  readonly floor: number;
  readonly place: Place;
}

export type Indicator =
  /** Good is what `bad` doesn't count out of `all`; both counters. */
  | { readonly kind: "events"; readonly bad: Selection; readonly all: Selection }
  /** Good is what took at most `bound`, one of the histogram's buckets. */
  | { readonly kind: "latency"; readonly of: Selection; readonly bound: Quantity<string> };

/** Declares an objective. `floor` defaults to 10 events. */
export function objective(
  id: string,
  declaration: Omit<Objective, "id" | "place" | "floor"> & { readonly floor?: number },
): Objective {
  return { floor: 10, ...declaration, id, place: Place.callerOf(objective) };
}

/**
 * The window that an objective's error budget is counted over in an environment: its own, or the shorter one that the
 * environment declares since it remembers no more (`budgetOver`).
 */
export const budgetWindow = ({ budgetOver }: { readonly budgetOver?: Duration }, { over }: Objective): Duration =>
  budgetOver !== undefined && budgetOver.value < over.value ? budgetOver : over;

/** One pair of windows of multi-window multi-burn-rate alerting; both must burn faster than `factor`. */
export interface BurnTier {
  readonly long: Duration;
  readonly short: Duration;
  /** How many times faster than allowed the budget burns. */
  readonly factor: number;
  readonly pages: boolean;
}

/** The workbook's tiers for 30 days: share of the budget × period ÷ long window, 2 % in 1 h and so on. */
export function burnTiers(over: Duration): readonly BurnTier[] {
  const tier = (share: number, longHours: number, shortMinutes: number, pages: boolean): BurnTier => ({
    long: { value: longHours * 3600, unit: "seconds" },
    short: { value: shortMinutes * 60, unit: "seconds" },
    factor: Number(((share * over.value) / (longHours * 3600)).toPrecision(6)),
    pages,
  });
  return [tier(0.02, 1, 5, true), tier(0.05, 6, 30, true), tier(0.1, 24, 120, false), tier(0.1, 72, 360, false)];
}
