import { poisson, randomFrom } from "../lib/drills/random";
import { replay, type Series } from "../lib/replay/replay";
import type { RuleFiles } from "./rule-files";

/** A month in which nothing happens but deploys, and whom rules call for it. */

const every = 15;
const day = 86_400;

interface QuietMonth {
  /** Requests a second at the busiest hour of a weekday. */
  readonly peak: number;
  readonly days: number;
  readonly seed: number;
}

/** A fifth of the peak at night, three fifths of it at weekends. */
function shapeAt(time: number): number {
  const daily = 0.6 - 0.4 * Math.cos((2 * Math.PI * (time - 3 * 3600)) / day);
  const weekday = (Math.floor(time / day) + 4) % 7;
  return daily * (weekday === 0 || weekday === 6 ? 0.6 : 1);
}

/**
 * Requests of one instance, second by second, scraped each 15 s at a moment of its own: 0.03 % of them fail, and twice a
 * day, by day or by night, a deploy makes a third of them fail for 30 s.
 */
export function quietMonth(start: number, { peak, days, seed }: QuietMonth, job: string): readonly Series[] {
  const random = randomFrom(seed);
  const blips = Array.from({ length: 2 * days }, (_, index) => start + (Math.floor(index / 2) + random()) * day);
  const phase = Math.floor(random() * every);
  const [well, failed] = [0, 1].map(() => ({ count: 0, times: [] as number[], values: [] as number[] }));
  let next = 0;
  const sorted = blips.sort((a, b) => a - b);
  for (let time = start; time < start + days * day; time++) {
    while (next < sorted.length && time >= sorted[next]! + 30) next++;
    const inBlip = next < sorted.length && time >= sorted[next]!;
    const rate = peak * shapeAt(time);
    const share = inBlip ? 1 / 3 : 0.0003;
    well!.count += poisson(random, rate * (1 - share));
    failed!.count += poisson(random, rate * share);
    if (time % every !== phase) continue;
    for (const one of [well!, failed!]) {
      one.times.push(time * 1000);
      one.values.push(one.count);
    }
  }
  return [well!, failed!].map(({ times, values }, index) => ({
    labels: {
      __name__: "http_requests_total",
      job,
      instance: "a",
      method: "GET",
      route: "/",
      status: index === 0 ? "200" : "500",
    },
    times: Float64Array.from(times),
    values: Float64Array.from(values),
  }));
}

/** Alerts that fire in that month, by severity: how often each, by its name. */
export async function alertsInQuiet(rules: RuleFiles, month: QuietMonth, job: string) {
  const start = Date.UTC(2026, 0, 5) / 1000;
  const { alerts } = await replay({
    data: quietMonth(start, month, job),
    rules: Object.entries(rules).map(([name, text]) => ({ name, text })),
    from: start * 1000,
    to: (start + month.days * day) * 1000,
    interval: every * 1000,
  });
  return alerts.map(({ labels, startsAt }) => ({
    name: labels.alertname ?? "",
    severity: labels.severity ?? "",
    at: startsAt / 1000 - start,
  }));
}
