import {
  days,
  type Environment,
  formatDiagnostic,
  hours,
  minutes,
  percent,
  type Service,
  seconds,
  uptimeCheck,
} from "@watchbill/model";
import { availability, uptimeObjective } from "../../../alert-rules/objectives";
import { unknownChecks } from "../../../lib/checks/alerts";
import type { Check } from "../../../lib/checks/check";
import {
  burnBelowPace,
  burnNeverFires,
  burnWindows,
  objectiveFloors,
  objectiveTargets,
  probesBelowFloor,
  windowsBeyondRetention,
} from "../../../lib/checks/objectives";
import { windowsTooShort } from "../../../lib/checks/windows";
import { environmentWith, errorsHigh, shopWith } from "../../support/declarations";

const promise = (changes: object = {}) => ({
  ...availability({ target: percent(99.9), over: days(30) }),
  ...changes,
});
const shop = (changes: object = {}) => shopWith([], { objectives: [promise(changes)] });

/** What a check says, without the place. */
const said = (check: Check, service: Service, changes: Partial<Environment> = {}) =>
  check({ environment: environmentWith([service], changes), services: [service] }, {
    runbooks: new Set(),
  } as never).map((one) => {
    const { at: _, ...rest } = one;
    return formatDiagnostic(rest);
  });

const tier = (changes: object = {}) => ({ long: hours(1), short: minutes(5), factor: 2, pages: true, ...changes });

test("a tier whose factor is below 1 fires at a pace that keeps the promise", () => {
  expect(said(burnBelowPace, shop({ tiers: [tier({ factor: 0.5 })] }))).toEqual([
    "error burn-below-pace [shop/availability]: its burn-rate tier of 0.5 over 1h fires at a pace that keeps the promise → give it a factor of 1 or more",
  ]);
  expect(said(burnBelowPace, shop({ tiers: [tier({ factor: Number.NaN })] }))).toHaveLength(1);
});

test("no usual tier is wrong, whatever the period", () => {
  for (let period = 1; period <= 120; period++) {
    const service = shopWith([], { objectives: [availability({ target: percent(99.9), over: days(period) })] });
    const found = [burnBelowPace, burnNeverFires, burnWindows].flatMap((check) => said(check, service));
    expect([period, found]).toEqual([period, []]);
  }
});

test("the windows of a tier lie within one another, and within the period", () => {
  const complaint = (what: string, hint: string) =>
    `error burn-window [shop/availability]: its burn-rate tier of 2: ${what} → ${hint}`;
  const found = (changes: object) => said(burnWindows, shop({ tiers: [tier(changes)] }));
  expect(found({})).toEqual([]);
  expect(found({ short: minutes(0) })).toEqual([
    complaint("its short window is none", "give it one of some minutes: short: minutes(5)"),
  ]);
  expect(found({ short: hours(1) })).toEqual([
    complaint("its short window is not shorter than its long one", "take a twelfth of the long one"),
  ]);
  expect(found({ long: days(30) })).toEqual([
    complaint("its long window is not shorter than the period", "take a shorter one"),
  ]);
});

test("a lasting tier lasts within its time, at a share that there can be", () => {
  const lasting = (changes: object) =>
    shop({
      lasting: [
        { share: percent(5), window: minutes(1), lasts: minutes(2), within: minutes(3), pages: true, ...changes },
      ],
    });
  expect(said(burnWindows, lasting({}))).toEqual([]);
  expect(said(burnWindows, lasting({ within: minutes(1) }))).toEqual([
    "error burn-window [shop/availability]: its lasting tier of 5 % can't last 2m within 1m → give `within` at least the time of `lasts`",
  ]);
  expect(said(burnNeverFires, lasting({ share: percent(100) }))).toEqual([
    "error burn-never-fires [shop/availability]: its lasting tier of 2m can never fire: its share is 100 % → give it a share between 0 and 100 %",
  ]);
  expect(said(burnNeverFires, lasting({ share: percent(0) }))).toEqual([
    "error burn-never-fires [shop/availability]: its lasting tier of 2m always fires: its share is 0 % → give it a share between 0 and 100 %",
  ]);
});

test("what alerts below a share that keeps the promise would alert on it", () => {
  expect(said(objectiveTargets, shop({ alertBelow: percent(99.5) }))).toEqual([]);
  expect(said(objectiveTargets, shop({ alertBelow: percent(99.9) }))).toEqual([]);
  expect(said(objectiveTargets, shop({ alertBelow: percent(99.95) }))).toEqual([
    "error objective-target [shop/availability]: it alerts below 99.95%, and promises 99.9% → set `alertBelow` above 0 % and at most to the target, or leave it out",
  ]);
  expect(said(objectiveTargets, shop({ alertBelow: percent(0) }))).toHaveLength(1);
});

test("a floor is a number of events, or 0 for none", () => {
  expect(said(objectiveFloors, shop({ floor: -1 }))).toEqual([
    "error objective-floor [shop/availability]: a floor of -1 events is no number of events → say floor: 10, or floor: 0 to be called whatever the traffic",
  ]);
  expect(said(objectiveFloors, shop({ floor: Number.NaN }))).toHaveLength(1);
  expect(said(objectiveFloors, shop({ floor: 0 }))).toEqual([]);
});

describe("an objective of checks from outside", () => {
  const uptime = uptimeObjective({ target: percent(99.9), over: days(30) });
  const checked = (changes: object = {}, every = minutes(1)) =>
    shopWith([], {
      objectives: [{ ...uptime, ...changes }],
      checks: [uptimeCheck("health", { path: "/health", every })],
    });

  test("reads a check that its service makes", () => {
    expect(said(unknownChecks, checked())).toEqual([]);
    const other = uptimeObjective({ target: percent(99.9), over: days(30), check: "front-page" });
    expect(said(unknownChecks, checked(other))).toEqual([
      'error unknown-check [shop/uptime]: uptime reads the check "front-page", which shop does not make → add it to the checks of services/shop.ts, or name one of health',
    ]);
  });

  test("has as many results within each short window as its floor asks for", () => {
    for (const every of [seconds(15), minutes(1), minutes(5)]) {
      expect(said(probesBelowFloor, checked({}, every))).toEqual([]);
    }
    const page = tier({ factor: 14.4 });
    expect(said(probesBelowFloor, checked({ tiers: [page] }))).toEqual([
      "error burn-never-fires [test/shop/uptime]: its burn-rate tier of 14.4 can never fire: 5m hold 5 results, and its floor is 10 → check more often, declare `tiers` of longer windows, or lower the `floor`",
    ]);
    expect(said(probesBelowFloor, checked({ tiers: [page] }), { lapse: 30 })).toHaveLength(1);
    expect(said(probesBelowFloor, checked({ tiers: [page], floor: 5 }))).toEqual([]);
    expect(said(probesBelowFloor, checked({ tiers: [page] }, seconds(30)))).toEqual([]);
  });
});

test("a budget that looks back further than the environment remembers is declared shorter, or refused", () => {
  expect(said(windowsBeyondRetention, shop(), { retention: days(7) })).toEqual([
    "error window-beyond-retention [test/shop/availability]: its error budget looks back 30d, and test remembers 7d → lengthen the environment's `retention`, or declare a shorter budget there: budgetOver: days(7)",
  ]);
  expect(said(windowsBeyondRetention, shop(), { retention: days(7), budgetOver: days(7) })).toEqual([]);
  expect(said(windowsBeyondRetention, shop(), { retention: days(7), budgetOver: days(8) })).toHaveLength(1);
});

test("a burn-rate window that is longer than retention has no way out but a longer retention", () => {
  expect(said(windowsBeyondRetention, shop(), { retention: days(2), budgetOver: days(2) })).toEqual([
    "error window-beyond-retention [test/shop/availability]: its slowest burn-rate tier looks back 3d, and test remembers 2d → lengthen the environment's `retention`",
  ]);
});

test("a time lapse divides windows, so that a day of retention holds thirty", () => {
  expect(said(windowsBeyondRetention, shop(), { retention: days(1), lapse: 30 })).toEqual([]);
  expect(said(windowsBeyondRetention, shop(), { retention: hours(23), lapse: 30 })).toHaveLength(1);
});

test("a window takes two scrapes to have a rate at all, and four to stand the loss of one", () => {
  const service = shopWith([errorsHigh()], { objectives: [promise()] });
  expect(said(windowsTooShort, service, { scrapeEvery: seconds(15) })).toEqual([]);
  expect(said(windowsTooShort, service, { scrapeEvery: seconds(30) })).toEqual([
    "warning window-too-short [test/shop/ErrorsHigh]: a window of 1m holds 2 scrapes of 30s: one that is lost leaves a gap → scrape at least each 15s (`scrapeEvery`), or take a window of at least 2m",
  ]);
  expect(said(windowsTooShort, service, { scrapeEvery: minutes(4) })).toEqual([
    "error window-too-short [test/shop/ErrorsHigh]: a window of 1m holds 0 scrapes of 4m: too few for a rate → scrape at least each 15s (`scrapeEvery`), or take a window of at least 16m",
    "error window-too-short [test/shop/availability]: a window of 5m holds 1 scrape of 4m: too few for a rate → scrape at least each 1m15s (`scrapeEvery`), or take a window of at least 16m",
  ]);
});

test("whatever the target, an alert can fire exactly when its limit is below everything", () => {
  for (let nines = 50; nines < 100; nines += 0.5) {
    const highest = 14.4 * (1 - nines / 100);
    expect([nines, said(burnNeverFires, shop({ target: percent(nines) })).length > 0]).toEqual([nines, highest >= 1]);
  }
});
