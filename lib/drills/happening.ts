import type { Drill, Effect } from "@watchbill/model";
import { DateTime } from "luxon";

/** An effect on one service, at its time, in ms since 1970. The end is exclusive. */
export interface Happening {
  readonly service: string;
  readonly effect: Effect;
  readonly from: number;
  readonly to: number;
}

/** When a drill begins, and the span of time that it needs. */
export function timesOf({ begins, zone, healthy, watched }: Drill) {
  const at = DateTime.fromISO(begins, { zone }).toMillis();
  return { from: at - healthy.value * 1000, begins: at, to: at + watched.value * 1000 };
}

/** All that happens in a drill, one after another. */
export function happeningsOf(drill: Drill): readonly Happening[] {
  const { begins, to: end } = timesOf(drill);
  return drill.happens.flatMap(({ service, effects, after, lasts, times, every }) =>
    Array.from({ length: times }, (_, index) => begins + (after.value + index * every.value) * 1000).flatMap((from) => {
      const to = lasts === undefined ? end : from + lasts.value * 1000;
      return effects.map((effect): Happening => ({ service: service.name, effect, from, to }));
    }),
  );
}

/** How much of a stretch of time something happens: 0 to 1. */
export const overlap = ({ from, to }: Pick<Happening, "from" | "to">, begin: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, begin)) / (end - begin);

type Kind = Effect["kind"];
export type HappeningOf<K extends Kind> = Omit<Happening, "effect"> & { readonly effect: Extract<Effect, { kind: K }> };

export const ofKind = <K extends Kind>(happenings: readonly Happening[], ...kinds: readonly K[]) =>
  happenings.filter(({ effect }) =>
    (kinds as readonly Kind[]).includes(effect.kind),
  ) as unknown as readonly HappeningOf<K>[];

/** Whether an effect on targets meets this one. */
export const meets = (effect: { readonly targets: number }, { index }: { readonly index: number }) =>
  index < effect.targets;
