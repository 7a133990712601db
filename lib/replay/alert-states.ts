import { labelled } from "./labelled";
import type { Row } from "./matrix";
import type { Grid } from "./range";
import type { Alerting } from "./rules";
import { filledIn } from "./template";

/** A label set's way through pending and firing, from the first evaluation with a result to the one that ended it. */
export interface Episode {
  readonly labels: Readonly<Record<string, string>>;
  readonly activeAt: number;
  /** Missing: it was pending only. */
  readonly firedAt: number | undefined;
  /** Missing: it goes on. */
  readonly endsAt: number | undefined;
}

interface State {
  readonly labels: Readonly<Record<string, string>>;
  /** First evaluation with a result since it was inactive, and the last one. */
  activeAt: number;
  lastSeen: number;
  firedAt: number | undefined;
}

/**
 * The states of one alert, a label set each, over evaluations that come in the order of time: pending from the first one
 * with a result, firing from the first that is `for` or more later, back to nothing at the first one without a result
 * (pending), or at the first one `keep_firing_for` or more after that (firing). As Prometheus does it (rules/alerting.go).
 */
export class AlertStates {
  readonly #rule: Alerting;
  readonly #states = new Map<string, State>();
  readonly #episodes: Episode[] = [];

  constructor(rule: Alerting) {
    this.#rule = rule;
  }

  see(rows: readonly Row[], { interval }: Grid): void {
    const { name, labels: added, holdsFor } = this.#rule;
    const label = (labels: Readonly<Record<string, string>>) => ({
      ...labels,
      ...filledIn(added, labels),
      alertname: name,
    });
    for (const [key, { labels, times }] of labelled(rows, label)) {
      let state = this.#states.get(key);
      for (const time of times) {
        if (state && time > state.lastSeen + interval) {
          const gone = this.#goneAt(state, interval);
          if (time > gone) {
            this.#end(state, gone);
            state = undefined;
          }
        }
        state ??= { labels, activeAt: time, lastSeen: time, firedAt: undefined };
        state.lastSeen = time;
        if (state.firedAt === undefined && time - state.activeAt >= holdsFor) state.firedAt = time;
      }
      if (state) this.#states.set(key, state);
    }
  }

  /** All episodes, once every evaluation was seen. */
  finish({ last, interval }: Grid): readonly Episode[] {
    for (const state of this.#states.values()) {
      const gone = this.#goneAt(state, interval);
      this.#end(state, gone <= last ? gone : undefined);
    }
    this.#states.clear();
    return this.#episodes;
  }

  /** The evaluation that ends it if no result comes up to then. */
  #goneAt({ lastSeen, firedAt }: State, interval: number): number {
    const keeps = firedAt === undefined ? 0 : this.#rule.keepsFiringFor;
    return lastSeen + interval + Math.ceil(keeps / interval) * interval;
  }

  #end({ labels, activeAt, firedAt }: State, endsAt: number | undefined): void {
    this.#episodes.push({ labels, activeAt, firedAt, endsAt });
  }
}
