import type { Drill } from "@watchbill/model";
import type { CompiledEnvironment } from "../compile";
import { involved, play, type Stage, samplesOf } from "./play";
import { needsOf, rulesOf } from "./rule-set";
import { type Entry, timeline } from "./timeline";
import { type Verdict, verdicts } from "./verdict";

/** A drill that was run: what happened, and whether it went as it should. */
export interface DrillResult {
  readonly drill: Drill;
  readonly ok: boolean;
  readonly timeline: readonly Entry[];
  readonly verdicts: readonly Verdict[];
}

/** Runs a drill on the rules of an environment. */
export async function runDrill(
  drill: Drill,
  compiled: CompiledEnvironment,
  usual: Stage["usual"],
): Promise<DrillResult> {
  const stage: Stage = { environment: compiled.environment, services: compiled.services, usual };
  const services = involved(drill, compiled.services).map(({ name }) => name);
  const set = rulesOf(compiled, services);
  const samples = await samplesOf(drill, stage, needsOf([set]));
  try {
    const played = await play(drill, samples, set, stage.environment);
    const held = verdicts(played, set);
    return { drill, ok: held.every(({ ok }) => ok), timeline: timeline(played, set), verdicts: held };
  } finally {
    samples.remove();
  }
}
