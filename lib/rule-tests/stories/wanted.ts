import { type Alert, comparisonOf } from "@watchbill/model";
import { leavesOf } from "./cells";
import { isFlag } from "./levels";
import { forecastFrom } from "./tracks";

/** The values that a condition's expression is given, from its limit and its unit. */
export interface Wanted {
  readonly limit: number;
  /** Just past the limit, by 2 % of it. */
  readonly past: number;
  /** Just within it. */
  readonly within: number;
  /** As it is when all is well. */
  readonly well: number;
  /** Far past it, the nearest that can be had first. */
  readonly ill: readonly number[];
}

const margin = 0.02;

export function wantedOf({ when }: Alert): Wanted {
  const { comparison, threshold } = comparisonOf(when.test)!;
  const limit = threshold.value;
  if (isFlag(when.test)) return { limit, past: 0, within: 1, well: 1, ill: [0] };
  if (comparison === "==") return { limit, past: limit, within: limit + 1, well: limit + 1, ill: [limit] };
  if (comparison === "!=") return { limit, past: limit + 1, within: limit, well: limit, ill: [limit + 1] };
  const leaf = leavesOf(when.test)[0];
  if (leaf?.op === "forecast") {
    // As it falls, so does what is foreseen of it: within a window and the time that is waited, by part of its size.
    const drift = (leaf.from.value * 2 + 7200) / leaf.ahead.value;
    const within = (forecastFrom * (margin + drift)) / (1 + drift);
    return { limit, past: limit - forecastFrom * margin, within, well: forecastFrom, ill: [-forecastFrom / 2] };
  }
  const isShare = when.unit === "ratio" && limit > 0 && limit < 1;
  if (comparison.startsWith(">")) {
    const by = limit === 0 ? margin : Math.abs(limit) * margin;
    const ill = limit === 0 ? [5, 1] : isShare ? [limit + (1 - limit) / 2] : [limit * 2, limit * 1.3, limit + by];
    return { limit, past: limit + by, within: limit === 0 ? 0 : limit - by, well: limit / 4, ill };
  }
  const by = limit === 0 ? margin : Math.abs(limit) * margin;
  // What is counted has to reach the limit soon after the first scrape.
  const ample = leaf?.op === "increase" || leaf?.op === "rate" ? 20 : 1.5;
  const well = isShare ? limit + (1 - limit) / 2 : limit === 0 ? 1 : limit * ample;
  return { limit, past: limit - by, within: limit + by, well, ill: limit === 0 ? [-1] : [limit / 2] };
}
