import type { FiredAlert } from "../simulator/fired-alert";
import type { Episode } from "./alert-states";
import { keyOf } from "./labelled";
import type { Grid } from "./range";
import { markStale, type Series } from "./series";
import { filledIn } from "./template";

/**
 * The alerts that were sent: episodes that came to fire.
 *
 * @param external labels that Prometheus adds to what it sends, where the alert lacks them
 */
export const firedAlerts = (
  episodes: readonly Episode[],
  annotations: Readonly<Record<string, string>>,
  external: Readonly<Record<string, string>>,
): FiredAlert[] =>
  episodes.flatMap(({ labels, firedAt, endsAt }) => {
    if (firedAt === undefined) return [];
    const said = filledIn(annotations, labels);
    return {
      labels: { ...external, ...labels },
      ...(Object.keys(said).length > 0 && { annotations: said }),
      startsAt: firedAt,
      ...(endsAt !== undefined && { endsAt }),
    };
  });

/** The series `ALERTS` that Prometheus writes of an alert, for rules that read it. */
export function alertsSeries(episodes: readonly Episode[], { last, interval }: Grid): Series[] {
  const found = new Map<string, { labels: Series["labels"]; spans: { from: number; to: number }[] }>();
  const put = (labels: Series["labels"], alertstate: string, from: number, to: number) => {
    if (from >= to) return;
    const all = { ...labels, alertstate, __name__: "ALERTS" };
    const key = keyOf(all);
    const series = found.get(key) ?? { labels: all, spans: [] as { from: number; to: number }[] };
    found.set(key, series);
    series.spans.push({ from, to });
  };
  for (const { labels, activeAt, firedAt, endsAt = last + interval } of episodes) {
    put(labels, "pending", activeAt, firedAt ?? endsAt);
    if (firedAt !== undefined) put(labels, "firing", firedAt, endsAt);
  }
  return [...found.values()].map(({ labels, spans }) => {
    const times: number[] = [];
    const ends: number[] = [];
    for (const { from, to } of spans.sort((one, other) => one.from - other.from)) {
      // Where one span ends, another of the same state may begin.
      if (times.at(-1) === from) ends.pop();
      else times.push(from);
      for (let time = from + interval; time <= Math.min(to, last); time += interval) times.push(time);
      if (to <= last) ends.push(times.length - 1);
    }
    const values = new Float64Array(times.length).fill(1);
    for (const end of ends) markStale(values, end);
    return { labels, times: Float64Array.from(times), values };
  });
}
