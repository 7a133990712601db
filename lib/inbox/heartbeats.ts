import type { Message } from "./message";
import { ago, clock, duration } from "./times";

export interface Heartbeat {
  readonly line: string;
  /** It stopped: three times its usual pause have gone by. */
  readonly silent: boolean;
}

/** One line for each dead man's switch. */
export function heartbeats(messages: readonly Message[], now: Date, timeZone?: string): readonly Heartbeat[] {
  return messages.flatMap(({ to, at, beats }) => {
    if (beats === undefined) return [];
    const [last, since] = [new Date(at), new Date(beats.since)];
    const pause = beats.count > 1 ? (last.getTime() - since.getTime()) / 1000 / (beats.count - 1) : undefined;
    const silent = pause !== undefined && (now.getTime() - last.getTime()) / 1000 > 3 * Math.max(pause, 1);
    const usual = pause === undefined ? "" : `, every ${duration(pause)}`;
    const beat = silent ? `silent, the last beat was ${ago(last, now)}` : `last beat ${ago(last, now)}`;
    return [{ line: `Heartbeat ${to}: ${beat}${usual}; ${beats.count} since ${clock(since, now, timeZone)}`, silent }];
  });
}
