import type { AlertmanagerConfig, Route } from "./config";
import type { Held } from "./notification";
import { containsTime } from "./time-interval";

const minute = 60_000;

/** What a route's time intervals say at a moment. Outside of all its active ones comes before inside of a mute one. */
export function heldAt(config: AlertmanagerConfig, { active, mute }: Route, time: number): Held | undefined {
  const holds = (name: string) => config.timeIntervals.get(name)?.some((interval) => containsTime(interval, time));
  if (active.length > 0 && !active.some(holds)) return { by: "active time interval", names: active };
  const names = mute.filter(holds);
  return names.length > 0 ? { by: "mute time interval", names } : undefined;
}

interface Stretch {
  readonly held: Held | undefined;
  /** Exclusive. */
  readonly to: number;
}

/** When a route tells and when it doesn't, minute by minute: no clock changes within one. */
export class Timetable {
  readonly #stretches: Stretch[] = [];
  #reached: number;

  constructor(
    private readonly config: AlertmanagerConfig,
    private readonly route: Route,
    from: number,
    private readonly end: number,
  ) {
    this.#reached = Math.floor(from / minute) * minute;
  }

  /** What holds the route back at a time not before the beginning, and when that changes; infinite: never till the end. */
  at(time: number): Stretch {
    let low = 0;
    let high = this.#stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#stretches[middle]!.to > time) high = middle;
      else low = middle + 1;
    }
    while (low === this.#stretches.length) {
      const next = this.#next();
      this.#stretches.push(next);
      if (next.to <= time) low++;
    }
    return this.#stretches[low]!;
  }

  #next(): Stretch {
    const held = heldAt(this.config, this.route, this.#reached);
    const said = JSON.stringify(held);
    do this.#reached += minute;
    while (this.#reached <= this.end && JSON.stringify(heldAt(this.config, this.route, this.#reached)) === said);
    return { held, to: this.#reached > this.end ? Number.POSITIVE_INFINITY : this.#reached };
  }
}
