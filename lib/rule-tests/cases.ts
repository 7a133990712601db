import { type Alert, calendarsOf, comparisonOf, type Environment, type Service } from "@watchbill/model";
import { lookback } from "../conventions";
import { formatQuantity } from "../format-quantity";
import { formatDuration } from "../lapse";
import { type Firing, firings, type Holding } from "./alert-state";
import { applicableKinds } from "./applicable";
import { isOnAt } from "./calendar-clock";
import type { Kind, RuleCase, Uncovered } from "./case";
import { readingsOf, targetsOf } from "./cells";
import { comparisons, Evaluator, type Reader } from "./evaluate";
import { floorOf, Knobs, type Setting, Unreachable } from "./levels";
import { dayStep, inSteps, type Pace, paceOf } from "./pace";
import type { Disturbance } from "./plan";
import type { InputSeries } from "./series";
import { amounts, lengthOf, nothing, type Story, trimmed } from "./story";
import { type Wanted, wantedOf } from "./wanted";
import type { Dialect } from "./window-functions";
import { seriesOf } from "./world";

/** Every case of an alert in an environment, and the kinds that apply to it but could not be made. */
export interface AlertCases {
  readonly alert: Alert;
  readonly cases: readonly RuleCase[];
  readonly uncovered: readonly Uncovered[];
}

/** Ordinary traffic is this many times the floor; just above it and just below it is what the limits are tried with. */
const [ordinary, justAbove, justBelow] = [3, 1.02, 0.98];

export function casesOf(environment: Environment, service: Service, alert: Alert, dialect: Dialect): AlertCases {
  const cases: RuleCase[] = [];
  const uncovered: Uncovered[] = [];
  const maker = new CaseMaker(environment, service, alert, dialect);
  for (const kind of applicableKinds(alert)) {
    try {
      const made = maker.make(kind);
      if (typeof made === "string") uncovered.push({ kind, why: made });
      else cases.push(made);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      uncovered.push({ kind, why: error.message });
    }
  }
  return { alert, cases, uncovered };
}

class CaseMaker {
  readonly #pace: Pace;
  readonly #knobs: Knobs | undefined;
  readonly #wanted: Wanted | undefined;
  readonly #floor: number | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly service: Service,
    private readonly alert: Alert,
    private readonly dialect: Dialect,
  ) {
    this.#pace = paceOf(environment, alert);
    const { test } = alert.when;
    this.#floor = floorOf(test)?.atLeast.value;
    if (!comparisonOf(test)) return;
    this.#wanted = wantedOf(alert);
    this.#knobs = new Knobs(this.#reader(this.#pace), test);
  }

  make(kind: Kind): RuleCase | string {
    return this[kind]();
  }

  past() {
    const { window, hold, keep } = this.#in(this.#pace);
    // Busier before, so that a part and its whole which look back differently far are seen to.
    const busy = this.#floor === undefined ? this.#settingAt(this.#values.well, ordinary) : undefined;
    const [well, past] = [busy ?? this.#at(this.#values.well), this.#at(this.#values.past, justAbove)];
    const story = {
      phases: [
        { steps: window + 2, setting: well },
        { steps: window + hold + 3, setting: past },
        { steps: window + keep + 3, setting: well },
      ],
    };
    return this.#case("past", story, (fires) => `${this.#said(this.#values.past)}: ${this.#told(fires, window + 2)}`);
  }

  within() {
    const { window, hold } = this.#in(this.#pace);
    const setting = this.#at(this.#values.within, justAbove);
    const phases = [...this.#lead(), { steps: window + hold + 3, setting }];
    return this.#case("within", { phases }, () => `${this.#said(this.#values.within)}: silent`);
  }

  /** Where little is the alarm, a window that is not full yet has little in it, so all is well first. */
  #lead(): Story["phases"] {
    const { window } = this.#in(this.#pace);
    const { comparison, left } = comparisonOf(this.alert.when.test)!;
    const isCount = left.op === "increase" || left.op === "rate";
    if (!isCount || comparison.startsWith(">")) return [];
    return [{ steps: window + 2, setting: this.#at(this.#values.well) }];
  }

  /** Amounts are tried until one gives exactly the limit: shares of whole numbers seldom do. */
  limit() {
    const { window, hold } = this.#in(this.#pace);
    const { limit } = this.#values;
    const { left } = comparisonOf(this.alert.when.test)!;
    const lead = this.#lead();
    const from = lead[0]?.steps ?? 0;
    const steps = window + hold + 3;
    const whole = [2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120].map((pulse) => ({ traffic: 1, pulse }));
    for (const { traffic, pulse } of [
      ...amounts(this.#pace.step, limit).map((one) => ({ traffic: one, pulse: 1 })),
      ...whole,
    ]) {
      const setting = this.#settingAt(limit, traffic);
      if (!setting) continue;
      const story = { phases: [...lead, { steps, setting, pulse }] };
      const evaluator = this.#evaluator(this.#pace, this.#series(story));
      const at = (k: number) => [...evaluator.value(left, from + k).values()].map(({ value }) => value);
      if (!at(steps - 1).includes(limit) || !at(window + 1).includes(limit)) continue;
      // Nearly the limit is a rounding, on a side that nobody chose.
      const isRounded = (value: number) => value !== limit && Math.abs(value - limit) < 1e-9 * Math.abs(limit);
      if (Array.from({ length: steps }, (_, k) => at(k)).some((values) => values.some(isRounded))) continue;
      if (this.#floor !== undefined && !this.#hasEvents(evaluator, from + steps - 1)) continue;
      return this.#case("limit", story, (fires) => `${this.#said(limit)}: ${fires.length > 0 ? "fires" : "silent"}`);
    }
    return "no amounts of whole events give a value that is exactly the limit";
  }

  short() {
    if (!this.#wanted) return this.#absent("short");
    const { window, hold } = this.#in(this.#pace);
    const [well, past] = [this.#at(this.#values.well, justAbove), this.#at(this.#values.past, justAbove)];
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
      if (this.#firings(story(middle)).length > 0) firing = middle;
      else silent = middle;
    }
    if (silent === 0) return "what lasts for a single scrape fires already";
    return this.#case(
      "short",
      story(silent),
      () => `${this.#said(this.#values.past)}, for ${this.#time(silent)}: silent`,
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
    const { window, hold } = this.#in(this.#pace);
    const [well, ill] = [this.#at(this.#values.well), this.#ill()];
    const phases = [
      { steps: window + 6, setting: well },
      { steps: window + hold + 8, setting: ill },
    ];
    const first = Math.min(...this.#firings({ phases }).map(({ from }) => from));
    if (!Number.isFinite(first)) return "it never fires";
    const disturbances = [...disturb(window + 2), ...disturb(first + 2)];
    return this.#case(kind, { phases: trimmed(phases, first + 8), disturbances }, (fires) => {
      const goesOn = fires.some(({ from, to }) => from <= first && to >= first + 7);
      return `${kind === "restart" ? "a target begins anew" : "one scrape is never made, one fails"}, first while all is well, then while it fires: ${goesOn ? "goes on firing" : "ceases, and has to hold anew"}`;
    });
  }

  gone() {
    if (!this.#wanted) return this.#absent("gone");
    const { window, hold, keep } = this.#in(this.#pace);
    const after = window + keep + hold + Math.ceil(lookback.value / this.#pace.step);
    const [well, ill] = [this.#at(this.#values.well), this.#ill()];
    const at = 2 * window + hold + 4;
    const phases = [
      { steps: window + 2, setting: well },
      { steps: at - window - 2 + after + 4, setting: ill },
    ];
    return this.#case(
      "gone",
      { phases, disturbances: [{ at, kind: "gone" }] },
      (fires) =>
        `its series end while it fires: ${fires.some(({ to }) => to >= at + after + 2) ? "goes on firing" : "resolves"}`,
    );
  }

  never() {
    if (this.alert.when.test.op === "absent") return this.#absent("never");
    const { hold } = this.#in(this.#pace);
    const phases = [{ steps: hold + 4, setting: this.#wanted ? this.#ill() : { x: 1, traffic: 1 } }];
    const story: Story = { phases, disturbances: [{ at: 0, kind: "gone" }] };
    return this.#case(
      "never",
      story,
      (fires) => `there never were such series: ${fires.length > 0 ? "fires" : "silent"}`,
    );
  }

  floor() {
    const { window, hold } = this.#in(this.#pace);
    const setting = this.#ill(justBelow);
    return this.#case(
      "floor",
      { phases: [{ steps: window + hold + 3, setting, others: this.#ill() }] },
      () => `${this.#said(this.#values.ill[0]!)}, of hardly too few events: silent`,
    );
  }

  /** So few events that one fewer would be too few. */
  enough() {
    const { window, hold } = this.#in(this.#pace);
    const { events, atLeast } = floorOf(this.alert.when.test)!;
    const steps = window + hold + 3;
    for (const value of [...this.#values.ill, 0.5, 1]) {
      for (const pulse of [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30]) {
        const setting = this.#settingWith(value, atLeast.value);
        if (!setting) continue;
        const story = { phases: [{ steps, setting, pulse }] };
        const evaluator = this.#evaluator(this.#pace, this.#series(story));
        const counted = [window + 1, window + 2, steps - 2, steps - 1].map((k) => [
          ...evaluator.value(events, k).values(),
        ]);
        if (!counted.every((groups) => groups.some((group) => group.value === atLeast.value))) continue;
        return this.#case("enough", story, () => `${this.#said(value)}, of just enough events: fires`);
      }
    }
    return "no whole events are counted as exactly the floor";
  }

  hours() {
    const pace = { ...this.#pace, step: dayStep(this.environment, this.alert) };
    const [calendar] = calendarsOf(this.alert.when.test);
    const day = 86_400 / pace.step;
    const isOn = (k: number) => isOnAt(calendar!, k * pace.step);
    const opens = Array.from({ length: 7 * day }, (_, k) => k).find((k) => isOn(k) && (k === 0 || !isOn(k - 1))) ?? 0;
    const closes = Array.from({ length: 2 * day }, (_, k) => opens + k).find((k) => !isOn(k));
    const { window, hold, keep } = this.#in(pace);
    // One that never closes needs no more than the time that it takes to be told.
    const steps = closes === undefined ? window * 2 + hold + 4 : closes + keep + 4;
    const story: Story = { phases: [{ steps, setting: this.#ill() }], pace, recordsCalendars: true };
    return this.#case("hours", story, (fires) => `all the time from midnight on: ${this.#told(fires, opens, pace)}`);
  }

  always() {
    const story: Story = { phases: [{ steps: 4, setting: { x: 1, traffic: 1 } }] };
    return this.#case("always", story, () => "whatever happens: fires from the first evaluation on");
  }

  /** A condition on nothing being there: something is, then it goes, for good or hardly too short. */
  #absent(kind: "gone" | "never" | "short"): RuleCase | string {
    const { test } = this.alert.when;
    if (test.op !== "absent") return "a condition on an absence that is guarded has no case of this kind";
    const { hold } = this.#in(this.#pace);
    const away = kind === "never" ? 0 : 4;
    const back = kind === "short" ? away + hold : Number.POSITIVE_INFINITY;
    const steps = away + hold + 4;
    const [reading] = readingsOf(test);
    const cell = reading?.cells.find(({ selected }) => selected[0]);
    if (!reading || !cell) return "no labels fit what is asked for";
    const [target] = targetsOf(this.environment, this.service, reading.metric.source);
    const samples = Array.from({ length: steps }, (_, k) =>
      k < away || k >= back ? 1 : k === away && k > 0 ? "stale" : "missing",
    );
    const phases = [
      { steps: away, setting: nothing },
      { steps: steps - away, setting: nothing },
    ];
    const series = [{ labels: { __name__: reading.metric.name, ...cell.labels, ...target }, samples }];
    return this.#case(
      kind,
      { phases, series },
      (fires) =>
        `nothing is there ${kind === "short" ? `for ${this.#time(hold)}` : "any more"}: ${fires.length > 0 ? "fires" : "silent"}`,
    );
  }

  get #values(): Wanted {
    if (!this.#wanted) throw new Unreachable("a condition without a limit");
    return this.#wanted;
  }

  #at(value: number, times = ordinary): Setting {
    return this.#knobs!.settingFor(value, this.#floor === undefined ? undefined : this.#floor * times);
  }

  #ill(times = ordinary): Setting {
    for (const value of this.#values.ill) {
      try {
        return this.#at(value, times);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
      }
    }
    return this.#at(this.#values.past, times);
  }

  #settingAt(value: number, traffic: number): Setting | undefined {
    try {
      return this.#knobs!.settingAt(value, traffic);
    } catch (error) {
      if (error instanceof Unreachable) return undefined;
      throw error;
    }
  }

  #settingWith(value: number, events: number): Setting | undefined {
    try {
      return this.#knobs!.settingFor(value, events);
    } catch (error) {
      if (error instanceof Unreachable) return undefined;
      throw error;
    }
  }

  #hasEvents(evaluator: Evaluator, k: number): boolean {
    const floor = floorOf(this.alert.when.test)!;
    return [...evaluator.value(floor.events, k).values()].some(({ value }) => value >= floor.atLeast.value * justAbove);
  }

  #in = inSteps;

  #reader = ({ step }: Pace): Reader => ({
    ...this.dialect,
    environment: this.environment,
    service: this.service,
    step,
  });

  #series({ phases, disturbances = [], pace = this.#pace }: Story): readonly InputSeries[] {
    if (!this.#knobs || !this.#wanted) return [];
    const [well, ill] = [this.#at(this.#wanted.well), this.#ill()];
    const { comparison } = comparisonOf(this.alert.when.test)!;
    const near = 1e-9 * Math.max(Math.abs(this.#values.limit), 1e-3);
    const isPast = (setting: Setting) => {
      const value = this.#knobs!.valueAt(setting);
      return Math.abs(value - this.#values.limit) > near && comparisons[comparison](value, this.#values.limit);
    };
    const opposed = phases.map((phase) => ({ others: isPast(phase.setting) ? well : ill, ...phase }));
    return seriesOf(this.#reader(pace), this.#knobs, { phases: opposed, well, disturbances });
  }

  #evaluator(pace: Pace, series: readonly InputSeries[], recordsCalendars = false) {
    return new Evaluator(
      this.#reader(pace),
      series,
      (calendar, k) => !recordsCalendars || isOnAt(calendar, k * pace.step),
    );
  }

  #firings(story: Story, series = this.#series(story)): readonly Firing[] {
    const { pace = this.#pace, recordsCalendars } = story;
    const evaluator = this.#evaluator(pace, series, recordsCalendars);
    const results: (readonly Holding[])[] = Array.from({ length: lengthOf(story) }, (_, k) =>
      evaluator.holds(this.alert.when.test, k),
    );
    return firings(results, pace);
  }

  #case(kind: Kind, story: Story, say: (fires: readonly Firing[]) => string): RuleCase {
    const { pace = this.#pace, recordsCalendars = false } = story;
    const own = story.series ?? this.#series(story);
    const fires = this.#firings(story, own);
    const evaluations = lengthOf(story);
    const [first, second] = story.phases;
    const troubleFrom = first && second ? first.steps : 0;
    const on = calendarsOf(this.alert.when.test).map(({ name }) => ({
      labels: { __name__: "calendar:active", calendar: name },
      samples: Array.from({ length: evaluations }, () => 1),
    }));
    const another = on
      .slice(0, 1)
      .map(({ samples }) => ({ labels: { __name__: "calendar:active", calendar: "another" }, samples }));
    const series = [...own, ...another, ...(recordsCalendars ? [] : on)];
    return { kind, sentence: say(fires), step: pace.step, evaluations, series, fires, recordsCalendars, troubleFrom };
  }

  #said(value: number): string {
    const { comparison, threshold } = comparisonOf(this.alert.when.test)!;
    return `${formatQuantity({ ...threshold, value })} held against ${comparison} ${formatQuantity(threshold)}`;
  }

  #time = (steps: number, { step }: Pace = this.#pace) => formatDuration({ value: steps * step, unit: "seconds" });

  #told(fires: readonly Firing[], since: number, pace: Pace = this.#pace): string {
    const [first] = fires;
    if (!first) return "silent";
    const after = `fires ${this.#time(first.from - since, pace)} after that begins`;
    return `${after}, for ${this.#time(first.to - first.from + 1, pace)}`;
  }
}
