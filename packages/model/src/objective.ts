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
  /**
   * Fewer events than this within a tier's short window tell nobody anything; fewer bad ones within a paging tier's long
   * window, or within a lasting tier, wake nobody. Of probes it is a number of results.
   */
  readonly floor: number;
  /** Paces at which its budget burns too fast. */
  readonly tiers: readonly BurnTier[];
  /** Shares of bad events that nobody waits for a budget to tell, once they have lasted. */
  readonly lasting: readonly LastingTier[];
  /**
   * A ticket stays open while less than this share of the whole period's events was good, however little burns now. Default:
   * paces alone are told, which is sooner.
   */
  readonly alertBelow?: Quantity<"ratio">;
  /** What users notice when it is missed, in two or three words: "Requests fail". Default: nothing is said of it. */
  readonly symptom?: string;
  /** Alerts with these ids of the same service are not told while its budget burns fast: they say the same, later. */
  readonly outranks?: readonly string[];
  readonly place: Place;
}

export type Indicator =
  /** Good is what `bad` doesn't count out of `all`; both counters. */
  | { readonly kind: "events"; readonly bad: Selection; readonly all: Selection }
  /** Good is what took at most `bound`, one of the histogram's buckets. */
  | { readonly kind: "latency"; readonly of: Selection; readonly bound: Quantity<string> }
  /** Good is the time during which `of`, 1 when a check passed and 0 when it failed, was 1; each place counts the same. */
  | { readonly kind: "probes"; readonly of: Selection<"gauge"> };

type Defaulted = "floor" | "tiers" | "lasting";

/** Declares an objective. `floor` defaults to 10 events, `tiers` to `burnTiers(over)`, `lasting` to none. */
export function objective(
  id: string,
  declaration: Omit<Objective, "id" | "place" | Defaulted> & Partial<Pick<Objective, Defaulted>>,
): Objective {
  const tiers = burnTiers(declaration.over);
  return { floor: 10, tiers, lasting: [], ...declaration, id, place: Place.callerOf(objective) };
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

/**
 * The workbook's tiers: share of the budget × period ÷ long window, that is 2 % in 1 h and so on. Over less than 30 days
 * such a share may be lost at a pace that keeps the promise: then the tier tells of that pace, which has the factor 1, and
 * is left out where a shorter window tells of it already, or where its window is as long as the period.
 */
export function burnTiers(over: Duration): readonly BurnTier[] {
  const tier = (share: number, longHours: number, shortMinutes: number, pages: boolean): BurnTier => ({
    long: { value: longHours * 3600, unit: "seconds" },
    short: { value: shortMinutes * 60, unit: "seconds" },
    factor: Math.max(1, Number(((share * over.value) / (longHours * 3600)).toPrecision(6))),
    pages,
  });
  return [tier(0.02, 1, 5, true), tier(0.05, 6, 30, true), tier(0.1, 24, 120, false), tier(0.1, 72, 360, false)].filter(
    ({ long, factor }, index, all) =>
      long.value < over.value && !all.some((other, before) => before < index && other.factor === factor),
  );
}

/**
 * A share of bad events over a short window, seen at most of the evaluations of some time. A blip fills few of them, however
 * bad it is; a window of that length would hold the whole of it until the end. What the shares and times were chosen by
 * is in docs/decisions.md.
 */
export interface LastingTier {
  readonly share: Quantity<"ratio">;
  /** What a share is taken of. It holds four scrapes at least: a tier is stretched where these are further apart. */
  readonly window: Duration;
  /** For how long of `within` the share must have been higher. */
  readonly lasts: Duration;
  readonly within: Duration;
  readonly pages: boolean;
}

const lastingTier = (share: number, window: number, lasts: number, within: number, pages: boolean): LastingTier => ({
  share: { value: share, unit: "ratio" },
  window: { value: window, unit: "seconds" },
  lasts: { value: lasts, unit: "seconds" },
  within: { value: within, unit: "seconds" },
  pages,
});

/** The times are counts of evaluations of 15 s. */
const usualLasting: readonly LastingTier[] = [
  lastingTier(0.4, 60, 30, 30, true),
  lastingTier(0.04, 60, 105, 120, true),
  lastingTier(0.02, 60, 180, 240, true),
  lastingTier(0.01, 60, 240, 360, true),
  lastingTier(0.0025, 300, 1800, 3600, false),
];

/**
 * Lasting tiers of a target: from 40 % of bad events for half a minute to 1 % for most of six, which call somebody, and
 * 0.25 % for half an hour, which is a ticket. A less strict target allows more: none calls anybody below ten times its
 * budget, nor is a ticket below two and a half times.
 */
export function lastingTiers(target: Quantity<"ratio">): readonly LastingTier[] {
  const budget = 1 - target.value;
  const share = ({ share: usual, pages }: LastingTier) =>
    Number(Math.max(usual.value, (pages ? 10 : 2.5) * budget).toPrecision(6));
  const tiers = usualLasting.map((tier): LastingTier => ({ ...tier, share: { value: share(tier), unit: "ratio" } }));
  return tiers.filter(
    (tier, index) =>
      tier.share.value < 1 &&
      !tiers.some(
        (other, before) => before < index && other.pages === tier.pages && other.share.value === tier.share.value,
      ),
  );
}
