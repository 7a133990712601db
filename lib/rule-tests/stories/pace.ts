import type { Alert, Duration, Environment, Test } from "@watchbill/model";
import { lapsed } from "../../lapse";
import { leavesOf } from "./cells";

/** An alert's waiting times in an environment, in seconds, and the step at which it is tried. */
export interface Pace {
  /** From one scrape and evaluation to the next; coarser than the environment's where the windows are long. */
  readonly step: number;
  /** The longest window that is looked back over; 0 for what looks at the moment only. */
  readonly window: number;
  readonly hold: number;
  readonly keep: number;
}

const windowsOf = (test: Test): readonly Duration[] => {
  const looksBack = test.op === "always" ? test.within : test.op === "absent" ? test.over : undefined;
  return looksBack ? [looksBack] : windowsRead(test);
};

const windowsRead = (test: Test): readonly Duration[] =>
  leavesOf(test).flatMap((leaf) => ("over" in leaf ? [leaf.over] : "from" in leaf ? [leaf.from] : []));

/** A window of fewer scrapes is too coarse to tell when something begins. */
const scrapesInWindow = 12;
/** More evaluations take longer than they are worth. */
const many = 120;
/** An instant selector looks back no further than 300 s, also past a scrape that is missing; a window, over itself. */
const isRead: ReadonlySet<string> = new Set(["fold", "skew", "remaining", "forecast"]);
const coarsest = { instant: 120, window: 600 };

export function paceOf(environment: Environment, alert: Alert): Pace {
  const of = (duration: Duration) => Math.round(lapsed(environment, duration).value * 1000) / 1000;
  const windows = windowsOf(alert.when.test).map(of);
  const [window, hold, keep] = [Math.max(0, ...windows), of(alert.for), of(alert.keepFiring)];
  const base = of(environment.evaluateEvery);
  const most = leavesOf(alert.when.test).some(({ op }) => isRead.has(op)) ? coarsest.instant : coarsest.window;
  const fits = (step: number) =>
    step <= most &&
    windows.every((one) => one >= step * scrapesInWindow) &&
    // Half of a waiting time has to be told from the whole.
    [hold, keep].every((one) => one === 0 || one >= step * 4) &&
    [...windows, hold, keep].every((one) => Math.abs(one / step - Math.round(one / step)) < 1e-9);
  let step = base;
  for (const times of [2, 4, 8, 20, 40]) {
    if ((2 * window + hold + keep) / step > many && fits(base * times)) step = base * times;
  }
  return { step, window, hold, keep };
}

/** A day has to pass, so the step is as coarse as the windows allow. */
export function dayStep(environment: Environment, alert: Alert): number {
  const { step, hold } = paceOf(environment, alert);
  const windows = windowsOf(alert.when.test).map((one) => lapsed(environment, one).value);
  const fits = (one: number) => windows.every((window) => window >= one * 6) && (hold / one) % 1 === 0;
  return [300, 150, 60, 30].find((one) => one > step && fits(one)) ?? step;
}

/** Waiting times in steps. */
export const inSteps = ({ window, hold, keep, step }: Pace) => ({
  window: Math.ceil(window / step),
  hold: Math.ceil(hold / step),
  keep: Math.ceil(keep / step),
});
