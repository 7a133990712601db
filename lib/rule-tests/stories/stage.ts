import { type Alert, calendarsOf, comparisonOf, type Environment, type Service } from "@watchbill/model";
import { formatQuantity } from "../../format-quantity";
import { formatDuration } from "../../lapse";
import type { Kind, RuleCase } from "../case";
import { type Firing, firings, type Holding } from "../reckoning/alert-state";
import { isOnAt } from "../reckoning/calendar-clock";
import { comparisons, Evaluator, type Reader } from "../reckoning/evaluate";
import type { InputSeries } from "../reckoning/series";
import type { Dialect } from "../reckoning/window-functions";
import { floorOf, Knobs, type Setting, Unreachable } from "./levels";
import { type Pace, paceOf } from "./pace";
import { lengthOf, type Story } from "./story";
import { type Wanted, wantedOf } from "./wanted";
import { seriesOf } from "./world";

/** Ordinary traffic is this many times the floor; just above it and just below it is what the limits are tried with. */
export const [ordinary, justAbove, justBelow] = [3, 1.02, 0.98];

function unlessUnreachable<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Unreachable) return undefined;
    throw error;
  }
}

/** Where the stories of one alert are played: settings for the values it is to have, and what its declaration makes of them. */
export class Stage {
  readonly pace: Pace;
  readonly #knobs: Knobs | undefined;
  readonly wanted: Wanted | undefined;
  readonly floor: number | undefined;

  constructor(
    readonly environment: Environment,
    readonly service: Service,
    readonly alert: Alert,
    private readonly dialect: Dialect,
  ) {
    this.pace = paceOf(environment, alert);
    const { test } = alert.when;
    this.floor = floorOf(test)?.atLeast.value;
    if (!comparisonOf(test)) return;
    this.wanted = wantedOf(alert);
    this.#knobs = new Knobs(this.#reader(this.pace), test);
  }

  get values(): Wanted {
    if (!this.wanted) throw new Unreachable("a condition without a limit");
    return this.wanted;
  }

  at(value: number, times = ordinary): Setting {
    return this.#knobs!.settingFor(value, this.floor === undefined ? undefined : this.floor * times);
  }

  /** The first of the values that tell of trouble which can be set. */
  ill(times = ordinary): Setting {
    for (const value of this.values.ill) {
      const setting = unlessUnreachable(() => this.at(value, times));
      if (setting) return setting;
    }
    return this.at(this.values.past, times);
  }

  /** With so much traffic; nothing where the value can't be set. */
  settingAt = (value: number, traffic: number) => unlessUnreachable(() => this.#knobs!.settingAt(value, traffic));

  /** With so many events; nothing where the value can't be set. */
  settingWith = (value: number, events: number) => unlessUnreachable(() => this.#knobs!.settingFor(value, events));

  hasEvents(evaluator: Evaluator, k: number): boolean {
    const floor = floorOf(this.alert.when.test)!;
    return [...evaluator.value(floor.events, k).values()].some(({ value }) => value >= floor.atLeast.value * justAbove);
  }

  #reader = ({ step }: Pace): Reader => ({
    ...this.dialect,
    environment: this.environment,
    service: this.service,
    step,
  });

  series({ phases, disturbances = [], pace = this.pace }: Story): readonly InputSeries[] {
    if (!this.#knobs || !this.wanted) return [];
    const [well, ill] = [this.at(this.wanted.well), this.ill()];
    const { comparison } = comparisonOf(this.alert.when.test)!;
    const near = 1e-9 * Math.max(Math.abs(this.values.limit), 1e-3);
    const isPast = (setting: Setting) => {
      const value = this.#knobs!.valueAt(setting);
      return Math.abs(value - this.values.limit) > near && comparisons[comparison](value, this.values.limit);
    };
    const opposed = phases.map((phase) => ({ others: isPast(phase.setting) ? well : ill, ...phase }));
    return seriesOf(this.#reader(pace), this.#knobs, { phases: opposed, well, disturbances });
  }

  evaluator(pace: Pace, series: readonly InputSeries[], recordsCalendars = false) {
    return new Evaluator(
      this.#reader(pace),
      series,
      (calendar, k) => !recordsCalendars || isOnAt(calendar, k * pace.step),
    );
  }

  firings(story: Story, series = this.series(story)): readonly Firing[] {
    const { pace = this.pace, recordsCalendars } = story;
    const evaluator = this.evaluator(pace, series, recordsCalendars);
    const results: (readonly Holding[])[] = Array.from({ length: lengthOf(story) }, (_, k) =>
      evaluator.holds(this.alert.when.test, k),
    );
    return firings(results, pace);
  }

  case(kind: Kind, story: Story, say: (fires: readonly Firing[]) => string): RuleCase {
    const { pace = this.pace, recordsCalendars = false } = story;
    const own = story.series ?? this.series(story);
    const fires = this.firings(story, own);
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

  said(value: number): string {
    const { comparison, threshold } = comparisonOf(this.alert.when.test)!;
    return `${formatQuantity({ ...threshold, value })} held against ${comparison} ${formatQuantity(threshold)}`;
  }

  time = (steps: number, { step }: Pace = this.pace) => formatDuration({ value: steps * step, unit: "seconds" });

  told(fires: readonly Firing[], since: number, pace: Pace = this.pace): string {
    const [first] = fires;
    if (!first) return "silent";
    const after = `fires ${this.time(first.from - since, pace)} after that begins`;
    return `${after}, for ${this.time(first.to - first.from + 1, pace)}`;
  }
}
