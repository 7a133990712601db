import type { Duration, Environment, Objective, Selection, Service } from "@watchbill/model";
import { type EventKind, sloSeries } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { resultInterval } from "./probe-interval";
import { bucketMatcher, formatNumber, selector } from "./promql";
import { type RecordedReader, recordedReader } from "./span";
import { ruleScope } from "./style";

/** How an objective's events are counted, and how many there were within any window. */

const hour = 3600;
/** Sums that are recorded, of which longer ones are put together: a day of four times six hours of six hours. */
const recorded = { "1d": 24 * hour, "6h": 6 * hour, "1h": hour } as const;
type Recorded = keyof typeof recorded;
const longest = Object.entries(recorded) as [Recorded, number][];

/** As long as Prometheus looks back for a sample itself: a target that says nothing for so long is gone. */
const patience = 300;

const seconds = (value: number): Duration => ({ value, unit: "seconds" });

export interface EventSums {
  /** What records the events since the evaluation before. */
  readonly latest: (which: EventKind) => string;
  /** Events within a window that ends now, put together from what is recorded; in parentheses if it is a sum of several. */
  readonly within: (which: EventKind, window: number) => string;
  /** Share of bad events within such a window. */
  readonly ratio: (window: number) => string;
  /** Events as above, to be recorded as one of the sums that longer windows are put together of. */
  readonly recordedSum: (which: EventKind, window: Recorded) => string;
  readonly reader: RecordedReader;
  /** A range that holds the samples of so many seconds. */
  readonly range: (size: number) => string;
}

/** The series that a window's ratio is recorded as. */
export const ratioSeries = (window: number) => sloSeries.errorRatio(formatDuration(seconds(window)));

/** The reader of one objective's events in one environment. */
export function eventSums(environment: Environment, service: Service, objective: Objective): EventSums {
  const reader = recordedReader(environment, service, objective);
  const { evaluateEvery } = environment;
  const time = (size: number) => formatDuration(lapsed(environment, seconds(size)));
  // A third of an evaluation short: Prometheus 2 counts a sample at the very beginning of a range, Prometheus 3 doesn't.
  const range = (size: number) => time(size - evaluateEvery.value / 3);

  /** Sums over the parts of a window, the newest first. What was not recorded yet at a part's time is nothing. */
  const parts = (which: EventKind, window: number, below: readonly [Recorded, number][]): readonly string[] => {
    const found: string[] = [];
    let offset = 0;
    for (const [name, size] of below) {
      for (; window - offset >= size; offset += size) {
        found.push(reader.at(sloSeries.eventsWithin(which, name), offset > 0 ? time(offset) : undefined));
      }
    }
    if (window > offset) {
      const options = offset > 0 ? { offset: time(offset) } : {};
      found.push(`sum_over_time(${reader.over(sloSeries.events(which), range(window - offset), options)})`);
    }
    const [first = "", ...older] = found;
    return [first, ...older.map((part) => `(${part} or 0 * ${first})`)];
  };

  const within: EventSums["within"] = (which, window) => {
    const all = parts(which, window, longest);
    return all.length > 1 ? `(${all.join(" + ")})` : (all[0] ?? "");
  };
  return {
    reader,
    range,
    latest: (which) => latest(environment, service, objective, which),
    within,
    ratio: (window) => `${within("bad", window)} / ${within("all", window)}`,
    recordedSum: (which, window) => {
      const shorter = longest.filter(([, size]) => size < recorded[window]);
      return parts(which, recorded[window], shorter).join(" + ");
    },
  };
}

/**
 * Events since the evaluation before: the last value of each counter less the one that it had then, so that consecutive
 * counts leave nothing out and count nothing twice, wherever scrapes lie or are missing; a rate would be extrapolated. A
 * counter that has fallen began anew. One that was not there before is counted from its first value on.
 */
function latest(environment: Environment, service: Service, { indicator, id }: Objective, which: EventKind): string {
  const time = (size: number) => formatDuration(lapsed(environment, seconds(size)));
  const looksBack = `[${time(Math.max(patience, 4 * environment.scrapeEvery.value))}]`;
  const before = `offset ${time(environment.evaluateEvery.value)}`;
  const style = { scope: ruleScope(service) };
  const count = (counter: string) => {
    const now = `last_over_time(${counter}${looksBack})`;
    const then = `last_over_time(${counter}${looksBack} ${before})`;
    return `sum by (job) (${now} - ${then} >= 0 or ${now} < ${then})`;
  };
  const all = `${sloSeries.events("all")}{service="${service.name}",objective="${id}"}`;
  if (indicator.kind === "probes") return results(environment, service, indicator.of, which, all);
  if (indicator.kind === "latency") {
    if (which === "all") return count(selector(indicator.of, style, "_count"));
    return `${all} - on (job) ${count(selector(indicator.of, style, "_bucket", [bucketMatcher(indicator.bound.value)]))}`;
  }
  const counted = count(selector(indicator[which], style));
  // A service that has not failed yet has no such series: that is no bad event, not an unknown number of them.
  return which === "all" ? counted : `${counted} or on (job) 0 * ${all}`;
}

/**
 * Results of checks since the evaluation before. A result stands until the next one, and each evaluation in between counts
 * its share of it: a ratio is weighted by time, and a sum is the number of results that there were.
 */
function results(environment: Environment, service: Service, of: Selection, which: EventKind, all: string): string {
  const shown = selector(of, { scope: ruleScope(service) });
  const every = resultInterval(environment, service, of).value;
  const share = Number((lapsed(environment, environment.evaluateEvery).value / every).toPrecision(6));
  const weight = share === 1 ? "" : ` * ${formatNumber(share)}`;
  if (which === "all") return `count by (job) (${shown})${weight}`;
  return `${all} - on (job) sum by (job) (${shown})${weight}`;
}
