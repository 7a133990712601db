import type { Labels } from "./labels";
import { type Matcher, matchesAll } from "./matcher";

/** A silence: what matches all of it is not told. Times are in milliseconds since 1970. */
export interface Silence {
  readonly id: string;
  /** At least one; `parseMatchers` makes them from text. */
  readonly matchers: readonly Matcher[];
  readonly startsAt: number;
  /** Exclusive. */
  readonly endsAt: number;
}

/** The first silence that holds an alert back at this moment. */
export const silencedBy = (silences: readonly Silence[], labels: Labels, now: number): Silence | undefined =>
  silences.find(({ startsAt, endsAt, matchers }) => startsAt <= now && now < endsAt && matchesAll(matchers, labels));
