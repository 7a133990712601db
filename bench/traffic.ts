/**
 * Traffic that objectives are tried on: 48 counters, scraped each 30 s, with restarts, lost scrapes and a rate that
 * varies tenfold within a day while its share of failures varies too. The same every time.
 */

/** Between two scrapes, in seconds. */
export const scrape = 30;
const instances = 4;
const methods = ["GET", "POST"] as const;
const routes = ["/events", "/orders", "/users"] as const;
const statuses = ["200", "500"] as const;
const shapes = methods.flatMap((method) => routes.map((route) => ({ method, route })));

/** A small generator of numbers between 0 and 1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const day = 86400;
/** Requests a second of all instances: 200 at night, 2,000 in the evening. */
const rateAt = (time: number) => 200 * 10 ** (0.5 - 0.5 * Math.cos((2 * Math.PI * time) / day));
/** From 0.05 % to 0.25 %, out of step with the traffic; and each other day six hours that swell to twice as much. */
function failingAt(time: number): number {
  const usual = 0.0015 + 0.001 * Math.sin((2 * Math.PI * time) / (day * 1.4));
  const trouble = (((time / day) % 2) - 1.4) * 4;
  return trouble > 0 && trouble < 1 ? usual * (1 + Math.sin(Math.PI * trouble) ** 2) : usual;
}

/** Each instance restarts every 17 hours and loses six scrapes every five; all lose three at once each 31 hours. */
const restarts = (instance: number, step: number) => (step + instance * 511) % ((17 * 3600) / scrape) === 0;
const lost = (instance: number, step: number) =>
  (step + instance * 149) % ((5 * 3600) / scrape) < 6 || (step + 97) % ((31 * 3600) / scrape) < 3;

export interface Traffic {
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** The share of all requests within the window that really failed, whether anybody saw them or not. */
  readonly exact: (end: number, window: number) => number;
  /** When the scrapes began. */
  readonly scrapedFrom: number;
  /** Scraped samples as OpenMetrics text, one text a block of two hours. */
  readonly blocks: readonly string[];
  /** Of each whole hour before that, how many requests a second failed, and how many there were. */
  readonly hours: readonly { readonly end: number; readonly bad: number; readonly all: number }[];
}

/** So many days of it, from the start of a block, the last of them scraped. */
export function traffic(start: number, days: number, scrapedDays: number): Traffic {
  const random = numbers(1);
  const steps = (days * day) / scrape;
  const scrapedFrom = start + (days - scrapedDays) * day;
  const bad = new Float64Array(steps + 1);
  const all = new Float64Array(steps + 1);
  const counters = new Float64Array(instances * shapes.length * statuses.length);
  const names = Array.from({ length: instances }, (_, instance) =>
    shapes.flatMap(({ method, route }) =>
      statuses.map(
        (status) =>
          `http_requests_total{job="shop",instance="shop-${instance}",method="${method}",route="${route}",status="${status}"}`,
      ),
    ),
  ).flat();
  const lines = names.map((): string[] => []);
  const blocks: string[] = [];
  const flush = () => {
    blocks.push(`# TYPE http_requests counter\n${lines.flat().join("")}# EOF\n`);
    for (const one of lines) one.length = 0;
  };
  for (let step = 1; step <= steps; step++) {
    const time = start + step * scrape;
    const requests = rateAt(time) * scrape;
    const failing = failingAt(time);
    if (time <= scrapedFrom) {
      bad[step] = (bad[step - 1] ?? 0) + requests * failing;
      all[step] = (all[step - 1] ?? 0) + requests;
      continue;
    }
    let [failed, asked] = [0, 0];
    for (let index = 0; index < counters.length; index++) {
      const instance = Math.floor(index / (shapes.length * statuses.length));
      const share = index % 2 === 1 ? failing : 1 - failing;
      const events = (requests / (instances * shapes.length)) * share * (0.98 + 0.04 * random());
      if (index % 2 === 1) failed += events;
      asked += events;
      counters[index] = (restarts(instance, step) ? 0 : (counters[index] ?? 0)) + events;
      // Instances are scraped one after another, not at the same moment.
      const at = time - scrape + 3 + instance * 5;
      if (!lost(instance, step)) lines[index]?.push(`${names[index]} ${counters[index]?.toFixed(3)} ${at}\n`);
    }
    bad[step] = (bad[step - 1] ?? 0) + failed;
    all[step] = (all[step - 1] ?? 0) + asked;
    if (time % 7200 === 0) flush();
  }
  const within = (sums: Float64Array, end: number, window: number) => {
    const last = Math.floor((end - start) / scrape);
    return (sums[last] ?? Number.NaN) - (sums[Math.max(0, last - window / scrape)] ?? Number.NaN);
  };
  const hour = 3600;
  const hours = Array.from({ length: ((days - scrapedDays) * day) / hour }, (_, index) => start + (index + 1) * hour);
  return {
    start,
    end: start + days * day,
    scrapedFrom,
    hours: hours.map((end) => ({ end, bad: within(bad, end, hour) / hour, all: within(all, end, hour) / hour })),
    exact: (end, window) => within(bad, end, window) / within(all, end, window),
    blocks,
  };
}
