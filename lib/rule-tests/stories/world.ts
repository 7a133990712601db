import type { Reader } from "../reckoning/evaluate";
import type { InputSeries, Sample } from "../reckoning/series";
import { exposersOf } from "./exposers";
import type { Knobs } from "./levels";
import type { Disturbance, Plan } from "./plan";
import { trackOf } from "./tracks";

/** All series of a plan, in the order of their metrics. */
export function seriesOf(reader: Reader, knobs: Knobs, plan: Plan): readonly InputSeries[] {
  return knobs.readings.flatMap((reading) =>
    exposersOf(reader, knobs, reading).flatMap((exposer) =>
      reading.cells.flatMap((cell, index) => {
        if (cell.like !== undefined && exposer.does === "opposite") return [];
        const labels = { ...cell.labels, ...exposer.labels, ...exposer.target };
        return trackOf(reader, knobs, plan, reading, index, exposer).map(({ suffix, le, samples }) => ({
          labels: { __name__: `${reading.metric.name}${suffix}`, ...labels, ...(le !== undefined && { le }) },
          samples: disturbed(
            samples,
            plan.disturbances,
            exposer.number,
            reading.metric.source === "scrape" ? 0 : "stale",
          ),
        }));
      }),
    ),
  );
}

function disturbed(
  samples: readonly number[],
  disturbances: readonly Disturbance[],
  number: 0 | 1 | undefined,
  failed: Sample,
) {
  const changed: Sample[] = [...samples];
  for (const { at, kind, target = number } of disturbances) {
    if (number === undefined || target !== number || at >= changed.length) continue;
    if (kind === "missing") changed[at] = "missing";
    // What Prometheus itself says of a failed scrape is that it failed.
    if (kind === "failed") changed[at] = failed;
    if (kind === "gone") changed.splice(at, changed.length - at, ...(at === 0 ? [] : (["stale"] as const)));
  }
  return changed.length > 0 ? changed : (["missing"] as const);
}
