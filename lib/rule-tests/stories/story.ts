import type { InputSeries } from "../reckoning/series";
import type { Setting } from "./levels";
import type { Pace } from "./pace";
import type { Disturbance, Phase } from "./plan";

/** What happens in a case, before it is made into series. */
export interface Story {
  readonly phases: readonly (Pick<Phase, "steps" | "setting" | "pulse"> & { readonly others?: Setting })[];

  readonly disturbances?: readonly Disturbance[];
  readonly pace?: Pace;
  readonly recordsCalendars?: boolean;
  /** Default: made of the phases. */
  readonly series?: readonly InputSeries[];
}

/** For what has no value to set. */
export const nothing: Setting = { x: 1, traffic: 1 };

export const lengthOf = ({ phases }: Story) => phases.reduce((total, { steps }) => total + steps, 0);

/** The first so many steps of phases. */
export function trimmed(phases: Story["phases"], steps: number): Story["phases"] {
  let left = steps;
  return phases.flatMap((phase) => {
    const kept = Math.min(left, phase.steps);
    left -= kept;
    return kept > 0 ? [{ ...phase, steps: kept }] : [];
  });
}

const wholes = [10, 20, 30, 50, 60, 80, 90, 100, 120, 200, 300, 600, 1000, 2000, 3000, 5000, 10_000, 30_000, 100_000];

/** Factors that make whole numbers of events a scrape, or round sizes; also of what is left of a hundred. */
export const amounts = (step: number, limit: number): readonly number[] => [
  1,
  ...[...wholes, ...wholes.map((many) => many * (1 - (limit % 1)))].flatMap((many) => [
    many / (10 * step),
    many / 100,
    (many * 1000) / 2 ** 33,
  ]),
];
