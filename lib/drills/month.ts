import type { Drill, Service } from "@watchbill/model";
import type { CompiledEnvironment } from "../compile";
import { replay, type Samples, writeSamples } from "../replay/replay";
import { type FiredAlert, simulate } from "../simulator";
import { happeningsOf, timesOf } from "./happening";
import { type Hearing, heardOnly } from "./heard";
import { inOrder } from "./in-order";
import { type Told, told } from "./pages";
import type { Played, Stage } from "./play";
import { namesIn, needsOf, type RuleSet, rulesOf } from "./rule-set";
import { makeTraffic } from "./traffic";
import { watches } from "./watchers";

/** A part of a long drill that is made and evaluated by itself: one service, or those that watch all the others. */
export interface Part {
  readonly name: string;
  readonly services: readonly Service[];
  /** Whose rules; the samples may be of more. */
  readonly rulesOf: readonly string[];
}

/** A service at a time, so that no more than one month of samples need be there at once. */
export const partsOf = (services: readonly Service[]): readonly Part[] => [
  ...services
    .filter((service) => !watches(service))
    .map((service) => ({ name: service.name, services: [service], rulesOf: [service.name] })),
  ...services.filter(watches).map((service) => ({ name: service.name, services, rulesOf: [service.name] })),
];

/** Labels that no rule speaks of: their values' series would be summed by each of them. */
function folded(sets: readonly RuleSet[]): (label: string) => boolean {
  const names = namesIn(sets);
  return (label) => !names.has(label);
}

interface MonthOptions {
  readonly stage: Stage;
  /** Requests a second at the week's largest load. */
  readonly peak: number;
  readonly progress?: (share: number, words: string) => void;
}

/** The samples of a part, as far as some rules may read them. */
export const partSamples = (drill: Drill, part: Part, sets: readonly RuleSet[], { stage, peak }: MonthOptions) =>
  writeSamples(
    makeTraffic({
      ...timesOf(drill),
      environment: stage.environment,
      services: part.services,
      usual: stage.usual,
      happenings: happeningsOf(drill),
      seed: drill.name,
      peak,
      needs: needsOf(sets),
      folds: folded(sets),
    }),
  );

/** Which alerts fire in a part. */
async function partAlerts(
  drill: Drill,
  samples: Samples,
  set: RuleSet,
  { stage, progress }: MonthOptions,
): Promise<readonly FiredAlert[]> {
  const { begins, to } = timesOf(drill);
  const { alerts } = await replay({
    data: samples,
    rules: set.rules,
    from: begins,
    to,
    interval: stage.environment.evaluateEvery.value * 1000,
    externalLabels: set.externalLabels,
    ...(progress && { progress }),
  });
  return alerts;
}

/** Who was told of all parts' alerts together. */
export function playedMonth(drill: Drill, alerts: readonly FiredAlert[], set: RuleSet): Played {
  const { begins, to } = timesOf(drill);
  const all = [...alerts].sort((one, other) => one.startsAt - other.startsAt);
  return { drill, begins, to, alerts: all, ...simulate(set.alertmanager, all, { from: begins, to }) };
}

/** Messages of one kind that came within the month. */
export interface Count {
  readonly alert: string;
  readonly service: string;
  readonly many: number;
  /** When the first of them came, in ms since the month began. */
  readonly first: number;
}

/** Messages by what they are about, the most frequent ones first. */
export function counts(messages: readonly Told[], begins: number): readonly Count[] {
  const found = new Map<string, Count>();
  for (const { at, alerts } of messages) {
    const [one] = alerts;
    const { alertname: alert = "", service = "" } = one?.labels ?? {};
    const key = `${service} ${alert}`;
    const known = found.get(key);
    const { first = at - begins, many = 0 } = known ?? {};
    found.set(key, { alert, service, first, many: many + 1 });
  }
  return [...found.values()].sort((one, other) => other.many - one.many || one.first - other.first);
}

export interface MonthResult {
  readonly drill: Drill;
  readonly peak: number;
  readonly ok: boolean;
  /** Pages, all of them for nothing. */
  readonly pages: readonly Count[];
  /** Messages that woke nobody, where these were wanted. */
  readonly told: readonly Count[];
}

/**
 * Runs a quiet month on the rules of an environment, a service at a time. What wakes nobody is left out by default: that
 * is more than half of the work.
 */
export async function runMonth(
  drill: Drill,
  compiled: CompiledEnvironment,
  { stage, peak, hearing = "woken", progress = () => {} }: MonthOptions & { readonly hearing?: Hearing },
): Promise<MonthResult> {
  const parts = partsOf(stage.services);
  const shares = new Map<string, number>();
  const work = async (part: Part) => {
    const set = heardOnly(rulesOf(compiled, part.rulesOf), hearing);
    const note = (share: number) => {
      shares.set(part.name, share);
      progress([...shares.values()].reduce((sum, one) => sum + one, 0) / parts.length, part.name);
    };
    const samples = await partSamples(drill, part, [set], { stage, peak });
    try {
      return await partAlerts(drill, samples, set, { stage, peak, progress: note });
    } finally {
      samples.remove();
    }
  };
  const alerts: FiredAlert[] = [];
  for await (const some of inOrder(parts, work)) alerts.push(...some);
  const set = rulesOf(compiled, []);
  const { notifications, begins } = playedMonth(drill, alerts, set);
  const all = told(notifications, set);
  const woken = all.filter(({ receiver }) => set.wakes(receiver));
  return {
    drill,
    peak,
    ok: woken.length === 0,
    pages: counts(woken, begins),
    told: counts(
      all.filter(({ receiver }) => !set.wakes(receiver)),
      begins,
    ),
  };
}
