import type { Former } from "./formerly";
import { Place } from "./place";
import { type Duration, minutes, seconds } from "./quantity";

/** Where a check is made from; each backend maps it to its own locations. */
export type Region = "europe" | "north-america" | "south-america" | "asia" | "oceania" | "africa";

/** A look from outside: what a user's request would find. */
export interface UptimeCheck {
  /** Kebab-case, unique in its service: `health`. */
  readonly id: string;
  /** Names that it had before, the oldest first: its test and its history are kept. */
  readonly formerly?: Former;
  /** Path below the service's address in the environment. */
  readonly path: string;
  /**
   * Prometheus asks each two and a half minutes at least, since it takes what is five minutes old for gone, and twice within
   * the time that an alert on the check waits, so that no single failure calls anybody.
   */
  readonly every: Duration;
  readonly timeout: Duration;
  readonly expect: {
    readonly status: number;
    /** A part of the body, literally. */
    readonly body?: string;
    /** Slower than this is a failure. */
    readonly within?: Duration;
    /** A certificate that ends sooner is a failure; checked where the address is https. */
    readonly certificateFor?: Duration;
  };
  readonly regions: readonly Region[];
  readonly place: Place;
}

type Declared = Partial<Omit<UptimeCheck, "id" | "place" | "path" | "expect">> & {
  readonly path: string;
  readonly expect?: Partial<UptimeCheck["expect"]>;
};

/** Declares a check. Defaults: each minute, 10 s time-out, status 200, from Europe and North America. */
export function uptimeCheck(id: string, { expect, ...declared }: Declared): UptimeCheck {
  return {
    every: minutes(1),
    timeout: seconds(10),
    regions: ["europe", "north-america"],
    ...declared,
    expect: { status: 200, ...expect },
    id,
    place: Place.callerOf(uptimeCheck),
  };
}
