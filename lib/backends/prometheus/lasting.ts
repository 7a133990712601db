import type { Environment, LastingTier } from "@watchbill/model";

/** Scrapes that a window holds at least: with one that is lost, enough are left. */
const fewestScrapes = 4;

/** How many times longer a tier takes than it says, where scrapes are too far apart for its window. */
const stretch = ({ scrapeEvery }: Environment, { window }: LastingTier) =>
  Math.max(1, (fewestScrapes * scrapeEvery.value) / window.value);

/** The window that a lasting tier's shares are taken of here, in seconds. */
export const lastingWindow = (environment: Environment, tier: LastingTier) =>
  tier.window.value * stretch(environment, tier);

/** A lasting tier in evaluations of this environment: `many` of the last `of` must be higher; and in seconds, `within`. */
export function evaluationsOf(environment: Environment, tier: LastingTier) {
  const every = environment.evaluateEvery.value;
  const within = tier.within.value * stretch(environment, tier);
  const of = Math.max(1, Math.round(within / every));
  const many = Math.min(of, Math.max(1, Math.ceil((tier.lasts.value * stretch(environment, tier)) / every)));
  return { many, of, within: of * every };
}
