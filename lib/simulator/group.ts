import type { Route } from "./config";
import type { FiredAlert } from "./fired-alert";
import type { Labels } from "./labels";
import type { Held } from "./notification";
import type { Told } from "./notification-log";
import type { Instance } from "./subject";

/** Alerts of one route that are told together. It flushes first after `group_wait` and then each `group_interval`. */
export interface Group {
  readonly route: Route;
  /** By integration of its receiver. */
  readonly told: readonly Told[];
  readonly key: string;
  readonly labels: Labels;
  readonly members: Map<string, Instance>;
  /** What is held back of it at the moment. */
  readonly suppressions: Map<FiredAlert, { held: Held; from: number }>;
  /** When it flushes, or flushed, for the first time. */
  readonly firstFlush: number;
  /** Not before the first flush. */
  lastFlush?: number;
  /** When it will flush next; a flush in which nothing could happen is left out. */
  nextFlush?: number;
  /** It has become empty; another of the same key may take its place. */
  isGone: boolean;
}

/** The first flush after the last one that is not before a moment. */
export function flushFrom({ firstFlush, lastFlush, route }: Group, time: number): number {
  if (lastFlush === undefined) return firstFlush;
  const earliest = Math.max(time, lastFlush + route.groupInterval);
  return firstFlush + Math.ceil((earliest - firstFlush) / route.groupInterval) * route.groupInterval;
}
