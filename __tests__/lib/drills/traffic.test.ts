import {
  atMost,
  becomes,
  count,
  counter,
  type Drill,
  drill,
  type Effect,
  gauge,
  grows,
  happens,
  histogram,
  hours,
  httpServerMetrics,
  load,
  loses,
  minutes,
  multiplies,
  nodeRuntimeMetrics,
  pack,
  percent,
  restarts,
  seconds,
  service,
  stands,
  stretches,
  takes,
  tellsAge,
  to,
  turns,
  type Usual,
  uptimeCheck,
  uptimeMetrics,
} from "@watchbill/model";
import { production } from "../../../environments/production";
import { happeningsOf, timesOf } from "../../../lib/drills/happening";
import { makeTraffic, type TrafficOptions } from "../../../lib/drills/traffic";
import { halves, type Series } from "../../../lib/replay/series";

const sold = counter("things_sold_total", { counts: "things", labels: { kind: atMost(5) } });
const size = gauge("queue_size", { unit: "jobs" });
const wait = histogram("wait_seconds", { unit: "seconds", buckets: [0.1, 1, 5] });
const { requests } = httpServerMetrics;

const shop = service("shop", {
  owner: "commerce",
  metrics: { sold, size, wait, requests, uptime: nodeRuntimeMetrics.processUptime, ...uptimeMetrics },
  endpoint: { port: 3000 },
  watch: [pack("nothing", {})],
  checks: [uptimeCheck("health", { path: "/health" })],
});
const environment = {
  ...production,
  services: [shop],
  at: { shop: { url: "https://shop.example.com", targets: { service: ["shop-1:3000", "shop-2:3000"] } } },
};
const usual: readonly Usual[] = [
  happens(requests, {
    perRequest: 1,
    by: { method: { GET: 1 }, route: { "/": 0.8, "/buy": 0.2 }, status: { "200": 0.9997, "500": 0.0003 } },
  }),
  happens(sold, { perRequest: 0.5, by: { kind: { a: 1 } } }),
  stands(size, { at: count(20, "jobs"), varies: 0 }),
  takes(wait, { median: seconds(0.3) }),
  stands(uptimeMetrics.success, { at: count(1, "checks"), varies: 0 }),
  tellsAge(nodeRuntimeMetrics.processUptime),
];

const during = (effects: readonly Effect[], lasts = minutes(10)): Drill =>
  drill("one", {
    title: "One.",
    healthy: hours(1),
    watched: hours(1),
    happens: [to(shop, "it happens", effects, { lasts })],
  });
const begins = timesOf(during([])).begins;

const made = (of: Drill = during([]), changes: Partial<TrafficOptions> = {}): readonly Series[] => [
  ...makeTraffic({
    ...timesOf(of),
    environment,
    services: [shop],
    usual,
    happenings: happeningsOf(of),
    flat: true,
    ...changes,
  }),
];
const named = (series: readonly Series[], name: string, labels: Readonly<Record<string, string>> = {}) =>
  series.filter(
    (one) => one.labels.__name__ === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  );
const text = ({ labels, times, values }: Series) => JSON.stringify([labels, [...times], [...values]]);
/** How much a counter has counted between two times, restarts taken into account. */
const counted = (series: readonly Series[], from: number, until: number) => {
  let sum = 0;
  for (const { times, values } of series) {
    for (let index = 1; index < times.length; index++) {
      const [time = 0, value = 0, before = 0] = [times[index], values[index], values[index - 1]];
      if (time > from && time <= until && Number.isFinite(value)) sum += value >= before ? value - before : value;
    }
  }
  return sum;
};

test("the same declarations and the same seed give the same samples, and another seed gives others", () => {
  expect(made().map(text)).toEqual(made().map(text));
  expect(made(during([]), { seed: "another" }).map(text)).not.toEqual(made().map(text));
});

test("what is left out does not change what is left", () => {
  const some = made(during([]), { needs: (name) => name === "things_sold_total" });
  expect(some.length).toBe(2);
  expect(some.map(text)).toEqual(named(made(), "things_sold_total").map(text));
});

test("series carry the labels that the scrape configuration gives them", () => {
  const [one] = named(made(), "things_sold_total");
  expect(one?.labels).toEqual({
    __name__: "things_sold_total",
    job: "shop",
    instance: "shop-1:3000",
    service: "shop",
    kind: "a",
  });
  expect(named(made(), "probe_success").map(({ labels }) => labels)).toEqual([
    {
      __name__: "probe_success",
      job: "shop-blackbox",
      instance: "https://shop.example.com/health",
      service: "shop",
      check: "health",
    },
  ]);
});

test("a service is scraped each 15 s and a check as often as it says, each target at a moment of its own", () => {
  const [one, two] = named(made(), "up", { job: "shop" });
  const [check] = named(made(), "up", { job: "shop-blackbox" });
  const gaps = ({ times }: Series) => new Set([...times].slice(1).map((time, index) => time - (times[index] ?? 0)));
  expect([one, two].map((series) => [...gaps(series as Series)])).toEqual([[15_000], [15_000]]);
  expect([...gaps(check as Series)]).toEqual([60_000]);
  expect(one?.times[0]).not.toBe(two?.times[0]);
});

test("counters only grow, and count what there is to count", () => {
  const series = named(made(), "http_requests_total");
  for (const { values } of series) {
    expect([...values].every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))).toBe(true);
  }
  const total = counted(series, begins - 3_000_000, begins);
  expect(Math.abs(total / 30_000 - 1)).toBeLessThan(0.03);
});

test("a histogram's buckets are cumulated, and the last of them is its count", () => {
  const series = made();
  const buckets = ["0.1", "1", "5", "+Inf"].map(
    (le) => named(series, "wait_seconds_bucket", { le, instance: "shop-1:3000" })[0],
  );
  const [count] = named(series, "wait_seconds_count", { instance: "shop-1:3000" });
  const last = (one: Series | undefined) => one?.values.at(-1) ?? Number.NaN;
  const sizes = buckets.map(last);
  expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  expect(last(buckets[3])).toBe(last(count));
  const [sum] = named(series, "wait_seconds_sum", { instance: "shop-1:3000" });
  const mean = last(sum) / last(count);
  expect(mean).toBeGreaterThan(0.3);
  expect(mean).toBeLessThan(0.5);
});

test("a share of requests turns into others for as long as it says, and no longer", () => {
  const series = named(
    made(during([turns(requests.where({ route: "/buy" }), percent(50), { status: "503" })])),
    "http_requests_total",
  );
  const failing = series.filter(({ labels }) => labels.status === "503");
  expect(new Set(failing.map(({ labels }) => labels.route))).toEqual(new Set(["/buy"]));
  const buying = series.filter(({ labels }) => labels.route === "/buy");
  const share = counted(failing, begins, begins + 600_000) / counted(buying, begins, begins + 600_000);
  expect(Math.abs(share - 0.5)).toBeLessThan(0.06);
  expect(counted(failing, begins + 660_000, begins + 3_600_000)).toBe(0);
});

test("half a scrape interval of failures is half as many of them", () => {
  const of = during([turns(requests, percent(100), { status: "503" })], seconds(7.5));
  const failing = named(made(of), "http_requests_total", { status: "503" });
  const total = failing.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0);
  // Ten a second for seven and a half seconds.
  expect(total).toBeGreaterThan(50);
  expect(total).toBeLessThan(100);
});

test("what is multiplied by nothing stops, and a service without load has no requests", () => {
  const stopped = made(during([multiplies(sold, 0)]));
  expect(counted(named(stopped, "things_sold_total"), begins + 15_000, begins + 600_000)).toBe(0);
  expect(counted(named(stopped, "http_requests_total"), begins, begins + 600_000)).toBeGreaterThan(5000);
  expect(counted(named(made(during([load(0)])), "http_requests_total"), begins + 15_000, begins + 600_000)).toBe(0);
});

test("a gauge becomes a value for a while, or goes to it in a straight line", () => {
  const at = ([one]: readonly Series[], time: number) => one?.values[one.times.findIndex((when) => when >= time)];
  const stuck = named(made(during([becomes(size, count(99, "jobs"))])), "queue_size");
  expect([begins - 60_000, begins, begins + 590_000, begins + 600_000].map((time) => at(stuck, time))).toEqual([
    20, 99, 99, 20,
  ]);
  const growing = named(made(during([grows(size, { to: count(120, "jobs"), within: minutes(5) })])), "queue_size");
  expect(at(growing, begins + 150_000)).toBeGreaterThan(68);
  expect(at(growing, begins + 150_000)).toBeLessThan(76);
  expect(at(growing, begins + 590_000)).toBe(120);
});

test("observations that are stretched fall into higher buckets", () => {
  const series = made(during([stretches(wait, 20)]));
  const fast = counted(named(series, "wait_seconds_bucket", { le: "1" }), begins + 15_000, begins + 600_000);
  const all = counted(named(series, "wait_seconds_count"), begins + 15_000, begins + 600_000);
  expect(fast / all).toBeLessThan(0.02);
});

test("a target that is lost is down, and its series end with a stale marker until it is back", () => {
  const series = made(during([loses("service", 1)]));
  const [down, other] = named(series, "up", { job: "shop" });
  const zeros = ({ times, values }: Series) => [...times].filter((_, index) => values[index] === 0);
  const missing = zeros(down as Series);
  expect(missing.length).toBe(40);
  expect(missing[0]).toBeGreaterThanOrEqual(begins);
  expect(missing[0]).toBeLessThan(begins + 15_000);
  expect(zeros(other as Series)).toEqual([]);
  const [gone] = named(series, "queue_size");
  const marks = [...(gone?.values ?? [])].flatMap((value, index) => (Number.isNaN(value) ? [index] : []));
  expect(marks.length).toBe(1);
  const [mark = 0] = marks;
  expect(gone?.times[mark]).toBe(missing[0]);
  expect([...halves(gone?.values ?? new Float64Array(0)).slice(2 * mark, 2 * mark + 2)].sort()).toEqual([
    2, 0x7ff00000,
  ]);
  expect(gone?.times[mark + 1]).toBeGreaterThanOrEqual(begins + 600_000);
});

test("a restart sets counters to zero, takes rare series away until their first event, and begins a new age", () => {
  const series = made(during([restarts(1)]));
  const of = (name: string, labels = {}) => named(series, name, { instance: "shop-1:3000", ...labels })[0] as Series;
  const after = ({ times }: Series) => times.findIndex((time) => time > begins + 8000);
  const selling = of("things_sold_total");
  expect(selling.values[after(selling)]).toBeLessThan(200);
  const failing = of("http_requests_total", { status: "500", route: "/buy" });
  const counts = [...failing.values].filter(
    (value, index) => (failing.times[index] ?? 0) > begins + 8000 && value >= 0,
  );
  // The first is its first event, or two of them; a series that reads zero would have told that it is there.
  expect([1, 2, undefined]).toContain(counts[0]);
  const age = of("process_uptime_seconds");
  expect(age.values[after(age)]).toBeLessThan(30);
  const [, other] = named(series, "process_uptime_seconds");
  expect(other?.values.at(-1)).toBeGreaterThan(259_200);
});

test("a label of no interest has one value, unless something happens to another", () => {
  const folds = (label: string) => label === "route";
  const routes = (of: Drill) =>
    new Set(named(made(of, { folds }), "http_requests_total").map(({ labels }) => labels.route));
  expect(routes(during([]))).toEqual(new Set(["/"]));
  expect(routes(during([turns(requests.where({ route: "/buy" }), percent(10), { status: "503" })]))).toEqual(
    new Set(["/", "/buy"]),
  );
});

test("a metric of which nobody says what is usual is guessed from its declaration", () => {
  const series = made(during([]), { usual: [] });
  expect(counted(named(series, "things_sold_total"), begins - 3_000_000, begins)).toBeGreaterThan(100);
  expect(named(series, "queue_size")[0]?.values.at(-1)).toBeGreaterThan(8);
});
