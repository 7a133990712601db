/**
 * Hard traffic that objectives are tried on: 48 counters of four instances, scraped each 30 s at moments of their own.
 * Requests vary tenfold within a day, and leap tenfold at once for an hour or two; the share of them that fails leaps
 * from 0.1 % to 3 % at other times. Processes begin anew at any moment, one or all at once; scrapes are lost, one or eight in
 * a row, of one instance or of all. The same every time.
 */

import { randomFrom } from "../lib/drills/random";

/** Between two scrapes, in seconds. */
export const scrape = 30;
/** What happens is followed in steps of so many seconds. */
const step = 5;
const instances = 4;
const methods = ["GET", "POST"] as const;
const routes = ["/events", "/orders", "/users"] as const;
const statuses = ["200", "500"] as const;
const shapes = methods.flatMap((method) => routes.map((route) => ({ method, route })));
const perInstance = shapes.length * statuses.length;
/** When each instance is scraped, in seconds after each half minute. */
const phases = [0, 5, 15, 25] as const;

const minute = 60;
const hour = 3600;
const day = 24 * hour;

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** What it is of: an instance, a share, whatever the stretches are about. */
  readonly value: number;
}

/** Stretches of random lengths at random times: one each `every` seconds on average. */
function stretches(
  random: () => number,
  [from, to]: readonly [number, number],
  every: number,
  length: () => number,
  value: () => number,
): readonly Stretch[] {
  return Array.from({ length: Math.round((to - from) / every) }, () => {
    const start = from + random() * (to - from);
    return { from: start, to: start + length(), value: value() };
  });
}
const within = (all: readonly Stretch[], time: number) => all.find(({ from, to }) => time > from && time <= to);

export interface Traffic {
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** Share of the requests within the window that failed, whether anybody saw them or not. */
  readonly happened: (end: number, window: number) => number;
  /**
   * The same of the requests that scrapes can tell of: each instance's from its last scrape before the window to its last
   * scrape within it, without those that a process took with it when it ended before it was scraped again. A window that
   * begins or ends in a gap thus begins or ends where the gap does.
   */
  readonly exact: (end: number, window: number) => number;
  /** When the scrapes began. */
  readonly scrapedFrom: number;
  /** Scraped samples as OpenMetrics text, one text a block of two hours. */
  readonly blocks: readonly string[];
  /** Of each hour before that, on the hour and half past, how many requests failed, and how many there were. */
  readonly hours: readonly { readonly end: number; readonly bad: number; readonly all: number }[];
  /** Moments at which something leapt, began anew or was lost, in the order of time. */
  readonly troubles: readonly number[];
}

/** So many days of it, from the start of a block, the last of them scraped. */
export function traffic(start: number, days: number, scrapedDays: number): Traffic {
  const random = randomFrom(1);
  const end = start + days * day;
  const scrapedFrom = start + (days - scrapedDays) * day;
  const scraped = [scrapedFrom, end] as const;
  const some = (least: number, most: number) => () => least + random() * (most - least);
  const anyInstance = () => Math.floor(random() * instances);
  const leaps = stretches(random, [start, end], 9 * hour, some(20 * minute, 2 * hour), () => 10);
  const troubles = stretches(random, [start, end], 5 * hour, some(2 * minute, hour), some(0.002, 0.03));
  const restarts = [
    ...stretches(random, scraped, 4 * hour, () => step, anyInstance),
    ...stretches(
      random,
      scraped,
      13 * hour,
      () => step,
      () => -1,
    ),
  ];
  const gaps = [
    ...stretches(random, scraped, 2 * hour, some(scrape, 8 * scrape), anyInstance),
    ...stretches(random, scraped, 11 * hour, some(scrape, 6 * scrape), () => -1),
  ];
  const rateAt = (time: number) =>
    200 * 10 ** (0.5 - 0.5 * Math.cos((2 * Math.PI * time) / day)) * (within(leaps, time)?.value ?? 1);
  const failingAt = (time: number) => within(troubles, time)?.value ?? 0.001;
  const isLost = (instance: number, time: number) =>
    gaps.some(({ from, to, value }) => time > from && time <= to && (value < 0 || value === instance));

  const steps = (end - start) / step;
  const bad = Array.from({ length: instances }, () => new Float64Array(steps + 1));
  const all = Array.from({ length: instances }, () => new Float64Array(steps + 1));
  /** Of these, what scrapes have told; and what they will tell next, unless the process ends before. */
  const toldBad = Array.from({ length: instances }, () => new Float64Array(steps + 1));
  const toldAll = Array.from({ length: instances }, () => new Float64Array(steps + 1));
  const nextBad = new Float64Array(instances);
  const nextAll = new Float64Array(instances);
  const counters = new Float64Array(instances * perInstance);
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
  for (let index = 1; index <= steps; index++) {
    const time = start + index * step;
    const requests = (rateAt(time) * step) / instances;
    const failing = failingAt(time);
    for (let instance = 0; instance < instances; instance++) {
      const [failed, asked] = [bad[instance]!, all[instance]!];
      failed[index] = failed[index - 1]!;
      asked[index] = asked[index - 1]!;
      if (time <= scrapedFrom) {
        failed[index]! += requests * failing;
        asked[index]! += requests;
        toldBad[instance]![index] = failed[index]!;
        toldAll[instance]![index] = asked[index]!;
        continue;
      }
      const begunAnew = restarts.some(
        ({ from, to, value }) => time > from && time <= to && (value < 0 || value === instance),
      );
      if (begunAnew) nextBad[instance] = nextAll[instance] = 0;
      const isScraped = time % scrape === phases[instance]! % scrape && !isLost(instance, time);
      for (let one = 0; one < perInstance; one++) {
        const series = instance * perInstance + one;
        const share = one % 2 === 1 ? failing : 1 - failing;
        const events = (requests / shapes.length) * share * (0.9 + 0.2 * random());
        if (one % 2 === 1) {
          failed[index]! += events;
          nextBad[instance]! += events;
        }
        asked[index]! += events;
        nextAll[instance]! += events;
        counters[series] = (begunAnew ? 0 : counters[series]!) + events;
        if (isScraped) lines[series]!.push(`${names[series]} ${counters[series]!.toFixed(3)} ${time}\n`);
      }
      toldBad[instance]![index] = toldBad[instance]![index - 1]! + (isScraped ? nextBad[instance]! : 0);
      toldAll[instance]![index] = toldAll[instance]![index - 1]! + (isScraped ? nextAll[instance]! : 0);
      if (isScraped) nextBad[instance] = nextAll[instance] = 0;
    }
    if (time > scrapedFrom && time % 7200 === 0) {
      blocks.push(`# TYPE http_requests counter\n${lines.flat().join("")}# EOF\n`);
      for (const one of lines) one.length = 0;
    }
  }

  const at = (time: number) => Math.max(0, Math.min(steps, Math.floor((time - start) / step)));
  const sum = (sums: readonly Float64Array[], from: number, to: number) =>
    sums.reduce((total, one) => total + one[at(to)]! - one[at(from)]!, 0);
  const share =
    (part: readonly Float64Array[], whole: readonly Float64Array[]): Traffic["exact"] =>
    (to, window) =>
      sum(part, to - window, to) / sum(whole, to - window, to);
  const hours = Array.from(
    { length: (2 * (scrapedFrom - start)) / hour - 1 },
    (_, index) => start + (1 + index / 2) * hour,
  );
  return {
    start,
    end,
    scrapedFrom,
    hours: hours.map((one) => ({ end: one, bad: sum(bad, one - hour, one), all: sum(all, one - hour, one) })),
    happened: share(bad, all),
    exact: share(toldBad, toldAll),
    blocks,
    troubles: [...leaps, ...troubles, ...restarts, ...gaps].flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b),
  };
}
