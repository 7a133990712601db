import { setTimeout as sleep } from "node:timers/promises";
import { randomFrom } from "../../../lib/drills/random";
import { readAlertmanagerConfig, routesOf } from "../../../lib/simulator";
import { containsTime } from "../../../lib/simulator/time-interval";
import { heldAt } from "../../../lib/simulator/timetable";
import { listener, RealAlertmanager } from "../../support/alertmanager";
import { pick, read } from "../../support/alertmanager-configs";

interface Written {
  readonly times?: readonly { readonly start_time: string; readonly end_time: string }[];
  readonly weekdays?: readonly string[];
  readonly days_of_month?: readonly string[];
  readonly months?: readonly string[];
  readonly years?: readonly string[];
  readonly location?: string;
}

const configOf = (intervals: readonly Written[], url = "http://127.0.0.1:9/", mute = false) =>
  JSON.stringify({
    route: {
      receiver: "none",
      group_wait: "0s",
      routes: intervals.map((_, index) => ({
        receiver: `r${index}`,
        matchers: [`n="${index}"`],
        [mute || index % 3 === 0 ? "mute_time_intervals" : "active_time_intervals"]: [`t${index}`],
      })),
    },
    receivers: [
      { name: "none" },
      ...intervals.map((_, index) => ({ name: `r${index}`, webhook_configs: [{ url: `${url}${index}` }] })),
    ],
    time_intervals: intervals.map((one, index) => ({ name: `t${index}`, time_intervals: [one] })),
  });

const holds = (written: Written, time: string) => {
  const interval = read(configOf([written])).timeIntervals.get("t0")?.[0];
  return interval !== undefined && containsTime(interval, Date.parse(time));
};

test.each<[string, Written, string, boolean]>([
  [
    "the end of the day is 24:00",
    { times: [{ start_time: "23:59", end_time: "24:00" }] },
    "2026-01-05T23:59:59Z",
    true,
  ],
  ["an end is excluded", { times: [{ start_time: "09:00", end_time: "17:00" }] }, "2026-01-05T17:00:00Z", false],
  ["a beginning is included", { times: [{ start_time: "09:00", end_time: "17:00" }] }, "2026-01-05T09:00:00Z", true],
  ["the last day of February in a leap year", { days_of_month: ["-1"] }, "2028-02-29T12:00:00Z", true],
  ["which is not the 28th", { days_of_month: ["-1"] }, "2028-02-28T12:00:00Z", false],
  ["the last three days", { days_of_month: ["-3:-1"] }, "2026-02-26T00:00:00Z", true],
  ["the 31st of a month of 30 is none of its days", { days_of_month: ["31"] }, "2026-04-30T12:00:00Z", false],
  ["from the 29th on, February has none", { days_of_month: ["29:31"] }, "2026-02-28T12:00:00Z", false],
  ["from the 15th to the last", { days_of_month: ["15:-1"] }, "2026-04-30T12:00:00Z", true],
  ["months by name and number", { months: ["june:8"] }, "2026-08-31T23:00:00Z", true],
  ["Sunday is the week's first day", { weekdays: ["sunday:monday"] }, "2026-01-04T12:00:00Z", true],
  [
    "a zone that is ahead is in the next day",
    { weekdays: ["tuesday"], location: "Asia/Tokyo" },
    "2026-01-05T15:00:00Z",
    true,
  ],
  [
    "an hour that is left out is nowhere",
    { times: [{ start_time: "01:00", end_time: "02:00" }], location: "Europe/London" },
    "2026-03-29T01:30:00Z",
    false,
  ],
  [
    "an hour that comes twice holds twice",
    { times: [{ start_time: "01:00", end_time: "02:00" }], location: "Europe/London" },
    "2026-10-25T01:30:00Z",
    true,
  ],
  [
    "and so it did before",
    { times: [{ start_time: "01:00", end_time: "02:00" }], location: "Europe/London" },
    "2026-10-25T00:30:00Z",
    true,
  ],
  [
    "half an hour of summer time",
    { times: [{ start_time: "02:00", end_time: "02:30" }], location: "Australia/Lord_Howe" },
    "2026-04-04T15:15:00Z",
    false,
  ],
  ["all lists have to hold", { weekdays: ["monday"], months: ["2"] }, "2026-01-05T12:00:00Z", false],
  ["an empty interval holds always", {}, "2026-01-05T12:00:00Z", true],
])("%s", (_, written, time, expected) => {
  expect(holds(written, time)).toBe(expected);
});

const zones = [
  "UTC",
  "Europe/London",
  "America/New_York",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "America/St_Johns",
];
const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Intervals that hold now, or nearly. */
function around(now: Date, random: () => number): Written {
  const location = pick(random, [...zones, undefined]);
  const local = new Date(now.toLocaleString("en-US", { timeZone: location ?? "UTC" }));
  const near = (value: number, first: number, last: number) => {
    const [a, b] = [Math.floor(random() * 4) - 2, Math.floor(random() * 4) - 1].sort((x, y) => x - y) as [
      number,
      number,
    ];
    return [Math.max(first, Math.min(last, value + a)), Math.max(first, Math.min(last, value + b))] as const;
  };
  const clock = (hours: number) => `${String(hours).padStart(2, "0")}:00`;
  const [from, to] = near(local.getHours(), 0, 23);
  const [day, lastDay] = near(local.getDay(), 0, 6);
  const length = new Date(local.getFullYear(), local.getMonth() + 1, 0).getDate();
  const [date, lastDate] = near(local.getDate(), 1, length);
  const [month, lastMonth] = near(local.getMonth() + 1, 1, 12);
  const [year, lastYear] = near(local.getFullYear(), 1, 9999);
  const some = <T>(value: T) => (random() < 0.5 ? value : undefined);
  const backwards = random() < 0.5;
  return JSON.parse(
    JSON.stringify({
      times: some([{ start_time: clock(from), end_time: clock(Math.max(to, from + 1)) }]),
      weekdays: some([`${days[day]}:${days[lastDay]}`]),
      days_of_month: some([backwards ? `${date - length - 1}:${lastDate - length - 1}` : `${date}:${lastDate}`]),
      months: some([`${month}:${lastMonth}`]),
      years: some([`${year}:${lastYear}`]),
      location,
    }),
  ) as Written;
}

test("routes are open and closed now as they are in the real Alertmanager", async () => {
  const random = randomFrom(20);
  const now = Date.now();
  const isSteady = (written: Written) => {
    const config = read(configOf([written]));
    const interval = config.timeIntervals.get("t0")?.[0];
    return interval && new Set([0, 60_000, 120_000].map((later) => containsTime(interval, now + later))).size === 1;
  };
  const candidates = Array.from({ length: 400 }, () => around(new Date(now), random));
  // Alertmanager 0.25 refuses nothing of these that we don't.
  const intervals = candidates.filter((one) => readAlertmanagerConfig(configOf([one])).config).filter(isSteady);
  expect(intervals.length).toBeGreaterThan(200);
  const inbox = await listener();
  const text = configOf(intervals, inbox.url);
  const config = read(text);
  const numbers = intervals.map((_, index) => index);
  const open = numbers.filter((n) => routesOf(config, { n: `${n}` }).every((route) => !heldAt(config, route, now)));
  const real = await RealAlertmanager.with({ "alertmanager/alertmanager.yml": text });
  try {
    await real.fire(numbers.map((n) => ({ alertname: "A", n: `${n}` })));
    for (const end = Date.now() + 30_000; inbox.told.length < open.length && Date.now() < end; ) await sleep(100);
    await sleep(500);
  } finally {
    await real.stop();
    inbox.close();
  }
  const told = new Set(inbox.told.map(({ path }) => Number(path.slice(1))));
  expect([...told].sort((a, b) => a - b)).toEqual(open);
  expect(open.length).toBeGreaterThan(intervals.length / 5);
  expect(open.length).toBeLessThan((intervals.length * 4) / 5);
});
