import type { Firing } from "./reckoning/alert-state";
import type { InputSeries } from "./reckoning/series";

/** What is tried of an alert. */
export const kinds = {
  past: "fires at the right moment just past its limit, and resolves",
  within: "stays silent just within its limit",
  limit: "says the right thing exactly at its limit",
  short: "stays silent for what lasts too short",
  scrapes: "survives a scrape that is never made and one that fails",
  restart: "survives counters that begin anew",
  gone: "says the right thing when its series end",
  births: "counts what is the first of its series",
  never: "says the right thing when its series never were",
  floor: "stays silent below its floor of events",
  enough: "fires with just as many events as its floor asks for",
  hours: "keeps to its hours",
  always: "fires always, while samples come",
} as const;
export type Kind = keyof typeof kinds;

/** One story of series over time, and what the declaration means by it. */
export interface RuleCase {
  readonly kind: Kind;
  /** What happens, for a person: `5.1% held against 5%: fires after 6m15s`. */
  readonly sentence: string;
  /** Seconds from one scrape, and evaluation, to the next. */
  readonly step: number;
  /** How many evaluations there are, the first at the very beginning. */
  readonly evaluations: number;
  readonly series: readonly InputSeries[];
  /** When it shall fire, with the labels of the condition's result. */
  readonly fires: readonly Firing[];
  /** Whether calendars are recorded by their own rules; else they are on, by their series. */
  readonly recordsCalendars: boolean;
  /** The evaluation at which trouble begins. */
  readonly troubleFrom: number;
}

/** What could not be made, and why. */
export interface Uncovered {
  readonly kind: Kind;
  readonly why: string;
}
