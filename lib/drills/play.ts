import type { Drill, Environment, Service, Usual } from "@watchbill/model";
import { replay, type Samples, writeSamples } from "../replay/replay";
import { type FiredAlert, type Notification, type SimulationResult, simulate } from "../simulator";
import { happeningsOf, timesOf } from "./happening";
import type { RuleSet } from "./rule-set";
import { makeTraffic } from "./traffic";
import { watches } from "./watchers";

/** Where drills take place. */
export interface Stage {
  readonly environment: Environment;
  /** The environment's services, tuned as it says. */
  readonly services: readonly Service[];
  readonly usual: readonly Usual[];
}

/** Of the healthy time, the last hour is judged: before, the rules' windows have hardly anything to look back at. */
const judged = 3_600_000;

/** What came of a drill: all times in ms since 1970. */
export interface Played {
  readonly drill: Drill;
  readonly begins: number;
  readonly to: number;
  readonly alerts: readonly FiredAlert[];
  readonly notifications: readonly Notification[];
  readonly suppressions: SimulationResult["suppressions"];
}

/** The services that a drill is about, and those that watch the watching. */
export function involved({ happens, pages, tells, silent }: Drill, services: readonly Service[]): readonly Service[] {
  const named = new Set([...happens, ...pages, ...tells, ...silent].map(({ service }) => service.name));
  return services.filter((service) => named.has(service.name) || watches(service));
}

/** The samples of a drill, to be played on any rules. */
export const samplesOf = (drill: Drill, stage: Stage, needs: (metric: string) => boolean): Promise<Samples> =>
  writeSamples(
    makeTraffic({
      ...timesOf(drill),
      environment: stage.environment,
      services: involved(drill, stage.services),
      usual: stage.usual,
      happenings: happeningsOf(drill),
      seed: drill.name,
      needs,
    }),
  );

/** Plays a drill on some rules: which alerts fire, and who is told. */
export async function play(drill: Drill, samples: Samples, set: RuleSet, environment: Environment): Promise<Played> {
  const { from: first, begins, to } = timesOf(drill);
  const from = Math.max(first, begins - judged);
  const { alerts } = await replay({
    data: samples,
    rules: set.rules,
    from,
    to,
    interval: environment.evaluateEvery.value * 1000,
    externalLabels: set.externalLabels,
  });
  const { notifications, suppressions } = simulate(set.alertmanager, alerts, { from, to });
  return { drill, begins, to, alerts, notifications, suppressions };
}
