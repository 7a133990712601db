import {
  type Alert,
  calendarsOf,
  comparisonOf,
  type Environment,
  type Service,
  selectionsOf,
  type Test,
} from "@watchbill/model";
import { lookback } from "../conventions";
import { applicableKinds, bornLabel } from "./applicable";
import type { Kind, RuleCase, Uncovered } from "./case";
import type { Firing } from "./reckoning/alert-state";
import { isOnAt } from "./reckoning/calendar-clock";
import type { InputSeries, Sample } from "./reckoning/series";
import type { Dialect } from "./reckoning/window-functions";
import { readingsOf, targetsOf } from "./stories/cells";
import { floorOf, Unreachable } from "./stories/levels";
import { dayStep, inSteps } from "./stories/pace";
import type { Disturbance } from "./stories/plan";
import { justAbove, justBelow, ordinary, Stage } from "./stories/stage";
import { amounts, nothing, type Story, trimmed } from "./stories/story";

/** Every case of an alert in an environment, and the kinds that apply to it but could not be made. */
export interface AlertCases {
  readonly alert: Alert;
  readonly cases: readonly RuleCase[];
  readonly uncovered: readonly Uncovered[];
}

export function casesOf(environment: Environment, service: Service, alert: Alert, dialect: Dialect): AlertCases {
  const cases: RuleCase[] = [];
  const uncovered: Uncovered[] = [];
  const stories = new Stories(new Stage(environment, service, alert, dialect));
  for (const kind of applicableKinds(alert)) {
    try {
      const made = stories.make(kind);
      if (typeof made === "string") uncovered.push({ kind, why: made });
      else cases.push(made);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      uncovered.push({ kind, why: error.message });
    }
  }
  return { alert, cases, uncovered };
}

/** A story for each kind of case; or, in words, why there is none. */
class Stories {
  constructor(private readonly stage: Stage) {}

  make(kind: Kind): RuleCase | string {
    return this[kind]();
  }

  past() {
    const { window, hold, keep } = inSteps(this.stage.pace);
    // Busier before, so that a part and its whole which look back differently far are seen to.
    const busy = this.stage.floor === undefined ? this.stage.settingAt(this.stage.values.well, ordinary) : undefined;
    const [well, past] = [
      busy ?? this.stage.at(this.stage.values.well),
      this.stage.at(this.stage.values.past, justAbove),
    ];
    const story = {
      phases: [
        { steps: window + 2, setting: well },
        { steps: window + hold + 3, setting: past },
        { steps: window + keep + 3, setting: well },
      ],
    };
    return this.stage.case(
      "past",
      story,
      (fires) => `${this.stage.said(this.stage.values.past)}: ${this.stage.told(fires, window + 2)}`,
    );
  }

  within() {
    const { window, hold } = inSteps(this.stage.pace);
    const setting = this.stage.at(this.stage.values.within, justAbove);
    const phases = [...this.#lead(), { steps: window + hold + 3, setting }];
    return this.stage.case("within", { phases }, () => `${this.stage.said(this.stage.values.within)}: silent`);
  }

  /** Where little is the alarm, a window that is not full yet has little in it, so all is well first. */
  #lead(): Story["phases"] {
    const { window } = inSteps(this.stage.pace);
    const { comparison, left } = comparisonOf(this.stage.alert.when.test)!;
    const isCount = left.op === "increase" || left.op === "rate";
    if (!isCount || comparison.startsWith(">")) return [];
    return [{ steps: window + 2, setting: this.stage.at(this.stage.values.well) }];
  }

  /** Amounts are tried until one gives exactly the limit: shares of whole numbers seldom do. */
  limit() {
    const { window, hold } = inSteps(this.stage.pace);
    const { limit } = this.stage.values;
    const { left } = comparisonOf(this.stage.alert.when.test)!;
    const lead = this.#lead();
    const from = lead[0]?.steps ?? 0;
    const steps = window + hold + 3;
    const whole = [2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120].map((pulse) => ({ traffic: 1, pulse }));
    for (const { traffic, pulse } of [
      ...amounts(this.stage.pace.step, limit).map((one) => ({ traffic: one, pulse: 1 })),
      ...whole,
    ]) {
      const setting = this.stage.settingAt(limit, traffic);
      if (!setting) continue;
      const story = { phases: [...lead, { steps, setting, pulse }] };
      const evaluator = this.stage.evaluator(this.stage.pace, this.stage.series(story));
      const at = (k: number) => [...evaluator.value(left, from + k).values()].map(({ value }) => value);
      if (!at(steps - 1).includes(limit) || !at(window + 1).includes(limit)) continue;
      // Nearly the limit is a rounding, on a side that nobody chose.
      const isRounded = (value: number) => value !== limit && Math.abs(value - limit) < 1e-9 * Math.abs(limit);
      if (Array.from({ length: steps }, (_, k) => at(k)).some((values) => values.some(isRounded))) continue;
      if (this.stage.floor !== undefined && !this.stage.hasEvents(evaluator, from + steps - 1)) continue;
      return this.stage.case(
        "limit",
        story,
        (fires) => `${this.stage.said(limit)}: ${fires.length > 0 ? "fires" : "silent"}`,
      );
    }
    return "no amounts of whole events give a value that is exactly the limit";
  }

  short() {
    if (!this.stage.wanted) return this.#absent("short");
    const { window, hold } = inSteps(this.stage.pace);
    const [well, past] = [
      this.stage.at(this.stage.values.well, justAbove),
      this.stage.at(this.stage.values.past, justAbove),
    ];
    const story = (steps: number): Story => ({
      phases: [
        { steps: window + 2, setting: well },
        { steps, setting: past },
        { steps: window + 3, setting: well },
      ],
    });
    let [silent, firing] = [0, window + hold + 2];
    while (firing - silent > 1) {
      const middle = Math.floor((silent + firing) / 2);
      if (this.stage.firings(story(middle)).length > 0) firing = middle;
      else silent = middle;
    }
    if (silent === 0) return "what lasts for a single scrape fires already";
    return this.stage.case(
      "short",
      story(silent),
      () => `${this.stage.said(this.stage.values.past)}, for ${this.stage.time(silent)}: silent`,
    );
  }

  scrapes() {
    return this.#survives("scrapes", (at) => [
      { at, kind: "missing" },
      { at: at + 2, kind: "failed", target: 0 },
    ]);
  }

  restart() {
    return this.#survives("restart", (at) => [{ at, kind: "restart", target: 0 }]);
  }

  #survives(kind: "scrapes" | "restart", disturb: (at: number) => readonly Disturbance[]) {
    const { window, hold } = inSteps(this.stage.pace);
    const [well, ill] = [this.stage.at(this.stage.values.well), this.stage.ill()];
    const phases = [
      { steps: window + 6, setting: well },
      { steps: window + hold + 8, setting: ill },
    ];
    const first = Math.min(...this.stage.firings({ phases }).map(({ from }) => from));
    if (!Number.isFinite(first)) return "it never fires";
    const disturbances = [...disturb(window + 2), ...disturb(first + 2)];
    return this.stage.case(kind, { phases: trimmed(phases, first + 8), disturbances }, (fires) => {
      const goesOn = fires.some(({ from, to }) => from <= first && to >= first + 7);
      return `${kind === "restart" ? "a target begins anew" : "one scrape is never made, one fails"}, first while all is well, then while it fires: ${goesOn ? "goes on firing" : "ceases, and has to hold anew"}`;
    });
  }

  gone() {
    if (!this.stage.wanted) return this.#absent("gone");
    const { window, hold, keep } = inSteps(this.stage.pace);
    const after = window + keep + hold + Math.ceil(lookback.value / this.stage.pace.step);
    const [well, ill] = [this.stage.at(this.stage.values.well), this.stage.ill()];
    const at = 2 * window + hold + 4;
    const phases = [
      { steps: window + 2, setting: well },
      { steps: at - window - 2 + after + 4, setting: ill },
    ];
    return this.stage.case(
      "gone",
      { phases, disturbances: [{ at, kind: "gone" }] },
      (fires) =>
        `its series end while it fires: ${fires.some(({ to }) => to >= at + after + 2) ? "goes on firing" : "resolves"}`,
    );
  }

  never() {
    if (!comparisonOf(this.stage.alert.when.test)) return this.#absent("never");
    const { hold } = inSteps(this.stage.pace);
    const phases = [{ steps: hold + 4, setting: this.stage.wanted ? this.stage.ill() : { x: 1, traffic: 1 } }];
    const story: Story = { phases, disturbances: [{ at: 0, kind: "gone" }] };
    return this.stage.case(
      "never",
      story,
      (fires) => `there never were such series: ${fires.length > 0 ? "fires" : "silent"}`,
    );
  }

  /** Nothing but new series, each with all that it ever counts: one in each window. */
  births() {
    const { test } = this.stage.alert.when;
    const [reading] = readingsOf(test);
    const cell = reading?.cells.find(({ selected }) => selected[0]);
    const label = bornLabel(test);
    if (!reading || !cell || label === undefined) return "no labels fit what is asked for";
    const { window, hold } = inSteps(this.stage.pace);
    const [target] = targetsOf(this.stage.environment, this.stage.service, reading.metric.source);
    const steps = 2 * window + hold + 4;
    const many = Math.ceil(this.stage.values.limit);
    const series = Array.from({ length: Math.ceil(steps / (window - 1)) }, (_, index) => ({
      labels: { __name__: reading.metric.name, ...cell.labels, [label]: `born-${index}`, ...target },
      samples: Array.from({ length: steps }, (_, k) => (k < index * (window - 1) ? "missing" : many)),
    }));
    const phases = [{ steps, setting: nothing }];
    return this.stage.case("births", { phases, series }, () => "a new series in each window, and no other: silent");
  }

  floor() {
    const { window, hold } = inSteps(this.stage.pace);
    const setting = this.stage.ill(justBelow);
    return this.stage.case(
      "floor",
      { phases: [{ steps: window + hold + 3, setting, others: this.stage.ill() }] },
      () => `${this.stage.said(this.stage.values.ill[0]!)}, of hardly too few events: silent`,
    );
  }

  /** So few events that one fewer would be too few. */
  enough() {
    const { window, hold } = inSteps(this.stage.pace);
    const { events, atLeast } = floorOf(this.stage.alert.when.test)!;
    const steps = window + hold + 3;
    for (const value of [...this.stage.values.ill, 0.5, 1]) {
      for (const pulse of [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30]) {
        const setting = this.stage.settingWith(value, atLeast.value);
        if (!setting) continue;
        const story = { phases: [{ steps, setting, pulse }] };
        const evaluator = this.stage.evaluator(this.stage.pace, this.stage.series(story));
        const counted = [window + 1, window + 2, steps - 2, steps - 1].map((k) => [
          ...evaluator.value(events, k).values(),
        ]);
        if (!counted.every((groups) => groups.some((group) => group.value === atLeast.value))) continue;
        return this.stage.case("enough", story, () => `${this.stage.said(value)}, of just enough events: fires`);
      }
    }
    return "no whole events are counted as exactly the floor";
  }

  hours() {
    const pace = { ...this.stage.pace, step: dayStep(this.stage.environment, this.stage.alert) };
    const [calendar] = calendarsOf(this.stage.alert.when.test);
    const day = 86_400 / pace.step;
    const isOn = (k: number) => isOnAt(calendar!, k * pace.step);
    const opens = Array.from({ length: 7 * day }, (_, k) => k).find((k) => isOn(k) && (k === 0 || !isOn(k - 1))) ?? 0;
    const closes = Array.from({ length: 2 * day }, (_, k) => opens + k).find((k) => !isOn(k));
    const { window, hold, keep } = inSteps(pace);
    // One that never closes needs no more than the time that it takes to be told.
    const steps = closes === undefined ? window * 2 + hold + 4 : closes + keep + 4;
    const story: Story = { phases: [{ steps, setting: this.stage.ill() }], pace, recordsCalendars: true };
    return this.stage.case(
      "hours",
      story,
      (fires) => `all the time from midnight on: ${this.stage.told(fires, opens, pace)}`,
    );
  }

  /** One target, whose samples are all that it needs. */
  always() {
    const samples = Array.from({ length: 4 }, () => 1);
    return this.#sampled("always", samples, () => "whatever is sampled: fires from the first evaluation on");
  }

  /** A condition without a value: something is there, then it goes, for good or hardly too short. */
  #absent(kind: "gone" | "never" | "short"): RuleCase | string {
    const test = this.#unguarded();
    if (test.op !== "absent" && test.op !== "always")
      return "a condition on an absence that is guarded has no case of this kind";
    const { window, hold } = inSteps(this.stage.pace);
    const away = kind === "never" ? 0 : 4;
    // The last sample is a step before it is missed.
    const back = kind === "short" ? away + hold + Math.max(0, window - 1) : Number.POSITIVE_INFINITY;
    const steps = away + window + hold + 4;
    const samples = Array.from({ length: steps }, (_, k) =>
      k < away || k >= back ? 1 : k === away && k > 0 ? "stale" : "missing",
    );
    return this.#sampled(
      kind,
      samples,
      (fires) =>
        `nothing is there ${kind === "short" ? `for ${this.stage.time(back - away)}` : "any more"}: ${fires.at(-1)?.to === steps - 1 ? "fires" : "silent"}`,
      away,
    );
  }

  /** A case of a single series with these samples. */
  #sampled(
    kind: Kind,
    samples: readonly Sample[],
    say: (fires: readonly Firing[]) => string,
    away = samples.length,
  ): RuleCase | string {
    const [reading] = readingsOf(this.#unguarded());
    const cell = reading?.cells.find(({ selected }) => selected.every(Boolean));
    if (!reading || !cell) return "no labels fit what is asked for";
    const [target] = targetsOf(this.stage.environment, this.stage.service, reading.metric.source);
    const phases = [
      { steps: away, setting: nothing },
      ...(samples.length > away ? [{ steps: samples.length - away, setting: nothing }] : []),
    ];
    const series = [
      { labels: { __name__: reading.metric.name, ...cell.labels, ...target }, samples },
      ...this.#guards(samples),
    ];
    return this.stage.case(kind, { phases, series }, say);
  }

  /** The absence within a floor. */
  #unguarded(): Test {
    const { test } = this.stage.alert.when;
    return test.op === "floor" ? test.test : test;
  }

  /** What a floor reads of gauges: just enough all the time. */
  #guards({ length }: readonly Sample[]): readonly InputSeries[] {
    const { test } = this.stage.alert.when;
    if (test.op !== "floor") return [];
    return selectionsOf(test.events).map(({ metric }) => {
      const [target] = targetsOf(this.stage.environment, this.stage.service, metric.source);
      return {
        labels: { __name__: metric.name, ...target },
        samples: Array.from({ length }, () => test.atLeast.value),
      };
    });
  }
}
