import type { Environment, Metric, Reads, Service, Usual } from "@watchbill/model";
import type { Series } from "../replay/series";
import { combinationsOf } from "./combinations";
import { counterSeries } from "./counters";
import { type Happening, ofKind } from "./happening";
import { histogramSeries } from "./histograms";
import { type Kept, kept, seriesOf } from "./kept";
import { gaugeSeries } from "./levels";
import { type Scrapes, type Span, scrapesOf } from "./scrapes";
import { targetsOf } from "./targets";

export interface TrafficOptions extends Span {
  readonly environment: Environment;
  readonly services: readonly Service[];
  readonly usual: readonly Usual[];
  readonly happenings: readonly Happening[];
  /** Requests a second that a service has at its largest. Default: 10. */
  readonly peak?: number;
  /** That many always, by day and by night. Default: false. */
  readonly flat?: boolean;
  /** Another one is another week with the same weather. Default: `watchbill`. */
  readonly seed?: string;
  /** Whether a metric is needed, by its name. Default: all are. */
  readonly needs?: (metric: string) => boolean;
  /** Whether a label is of no interest, so that one value of it will do. Default: none is. */
  readonly folds?: (label: string) => boolean;
}

/** What is read of a metric of which nobody says what is usual. */
function guess(metric: Metric): Reads {
  if (metric.kind === "counter") return { kind: "events", perRequest: 0.02 };
  if (metric.kind === "gauge") return { kind: "level", value: 10, varies: 0.05, withLoad: false };
  const median = metric.buckets[Math.floor((metric.buckets.length - 1) / 3)] ?? 1;
  return { kind: "observations", perRequest: 0.05, median, spread: 1.8 };
}

const usualOf = (all: readonly Usual[], metric: Metric) =>
  // Another service may have another metric of the same name.
  all.find((one) => one.metric === metric) ??
  all.find(({ metric: { name, labels } }) => name === metric.name && sameLabels(labels, metric.labels));
const sameLabels = (one: Metric["labels"], other: Metric["labels"]) => JSON.stringify(one) === JSON.stringify(other);

function metricSeries(
  metric: Metric,
  scrapes: Scrapes,
  whole: Kept,
  happenings: readonly Happening[],
  options: TrafficOptions,
) {
  const { usual, folds, seed = "watchbill" } = options;
  const said = usualOf(usual, metric);
  const reads = said?.reads ?? guess(metric);
  const own = happenings.filter(({ effect }) => "of" in effect && effect.of.metric.name === metric.name);
  const turns = ofKind(own, "turns");
  const combinations = combinationsOf(metric, said, turns, { ...(folds && { folds }), target: scrapes.target.labels });
  if (reads.kind === "events" || reads.kind === "flow") {
    const counted = ofKind(own, "multiplies", "turns");
    return counterSeries(metric, reads, combinations, scrapes, whole, { counted, seed });
  }
  if (reads.kind === "observations") {
    return histogramSeries(metric, reads, combinations, scrapes, whole, { stretches: ofKind(own, "stretches"), seed });
  }
  return gaugeSeries(metric, reads, combinations, scrapes, whole, { levelled: ofKind(own, "becomes", "grows"), seed });
}

const up = ({ target, times, succeeds }: Scrapes): Series =>
  seriesOf(
    { __name__: "up", ...target.labels },
    Float64Array.from(succeeds),
    kept({ times, succeeds: succeeds.map(() => 1) }),
  );

/**
 * What Prometheus would have scraped of these services: made from their metrics' declarations, the same every time. Made
 * as it is asked for, since a month of it is large.
 */
export function* makeTraffic(options: TrafficOptions): Generator<Series> {
  const { environment, services, happenings, peak = 10, flat = false, needs = () => true } = options;
  for (const service of services) {
    const own = happenings.filter((one) => one.service === service.name);
    // What Prometheus says of every scrape is made with the scrapes.
    const metrics = Object.values(service.metrics).filter(({ name, source }) => source !== "scrape" && needs(name));
    for (const target of targetsOf(environment, service)) {
      const scrapes = scrapesOf(target, options, own, { peak, flat });
      const whole = kept(scrapes);
      if (needs("up")) yield up(scrapes);
      for (const metric of metrics) {
        if (metric.source === target.source) yield* metricSeries(metric, scrapes, whole, own, options);
      }
    }
  }
}
