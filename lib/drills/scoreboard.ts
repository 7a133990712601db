import type { Drill, Service } from "@watchbill/model";
import type { CompiledEnvironment } from "../compile";
import { replay } from "../replay/replay";
import { type Detection, detections } from "./detection";
import { timesOf } from "./happening";
import { heardOnly } from "./heard";
import { inOrder } from "./in-order";
import { counts, type Part, partSamples, partsOf, playedMonth } from "./month";
import { restricted } from "./other-rules";
import { pages, told } from "./pages";
import { involved, play, type Stage, samplesOf } from "./play";
import { needsOf, type RuleSet, rulesOf } from "./rule-set";
import { type Score, scoreOf } from "./score";

/** How one rule set did in a quiet month. */
export interface MonthScore {
  readonly pages: number;
  readonly told: number;
  /** What pages most, as `service alert × many`. */
  readonly worst: readonly string[];
  readonly samplesADay: number;
}

/** Everything that rule sets are compared by; the columns are in the order of the sets. */
export interface Scoreboard {
  readonly sets: readonly string[];
  readonly drills: readonly { readonly drill: Drill; readonly scores: readonly Score[] }[];
  readonly months: readonly { readonly peak: number; readonly scores: readonly MonthScore[] }[];
  readonly detection: readonly { readonly share: number; readonly found: readonly Detection[] }[];
}

interface Contest {
  readonly compiled: CompiledEnvironment;
  readonly others: readonly RuleSet[];
  readonly stage: Stage;
  readonly drills: readonly Drill[];
  readonly month: Drill;
  /** Requests a second at the most, of each month. */
  readonly peaks: readonly number[];
  /** Whose failing requests detection is compared by. */
  readonly service: Service;
  /** Which share of them fails, in percent, each time. */
  readonly shares: readonly number[];
  readonly progress: (share: number, words: string) => void;
}

/** All rule sets as far as they are about some services: ours first. */
const setsFor = ({ compiled, others, stage }: Contest, services: readonly Service[]): readonly RuleSet[] => [
  rulesOf(
    compiled,
    services.map(({ name }) => name),
  ),
  ...others.map((set) => restricted(set, services, stage.services)),
];

async function drillScores(contest: Contest, drill: Drill) {
  const { stage } = contest;
  const sets = setsFor(contest, involved(drill, stage.services));
  const samples = await samplesOf(drill, stage, needsOf(sets));
  try {
    const scores: Score[] = [];
    for (const set of sets) {
      scores.push(scoreOf(await play(drill, samples, set, stage.environment), set, stage.services));
    }
    return { drill, scores };
  } finally {
    samples.remove();
  }
}

/** Moments of the month at which it is measured what the rules touch. */
const costMoments = 6;

async function partScores(contest: Contest, part: Part, peak: number) {
  const { month, stage } = contest;
  const services = stage.services.filter(({ name }) => part.rulesOf.includes(name));
  const sets = setsFor(contest, services).map((set) => heardOnly(set, "told"));
  const samples = await partSamples(month, part, sets, { stage, peak });
  const { begins, to } = timesOf(month);
  try {
    const results = [];
    for (const { rules, externalLabels } of sets) {
      const interval = stage.environment.evaluateEvery.value * 1000;
      const { alerts, samplesADay } = await replay({
        data: samples,
        rules,
        from: begins,
        to,
        interval,
        externalLabels,
        costMoments,
      });
      results.push({ alerts, samplesADay });
    }
    return results;
  } finally {
    samples.remove();
  }
}

async function monthScores(
  contest: Contest,
  peak: number,
  note: (share: number) => void,
): Promise<readonly MonthScore[]> {
  const parts = partsOf(contest.stage.services);
  const results: Awaited<ReturnType<typeof partScores>>[] = [];
  for await (const result of inOrder(parts, (part) => partScores(contest, part, peak))) {
    results.push(result);
    note(results.length / parts.length);
  }
  return setsFor(contest, contest.stage.services).map((set, index) => {
    const alerts = results.flatMap((part) => part[index]?.alerts ?? []);
    const { notifications, begins } = playedMonth(contest.month, alerts, set);
    const woken = pages(notifications, set);
    return {
      pages: woken.length,
      told: told(notifications, set).length - woken.length,
      worst: counts(woken, begins).map(({ service, alert, many }) => `${service} ${alert} × ${many}`),
      samplesADay: results.reduce((sum, part) => sum + (part[index]?.samplesADay ?? 0), 0),
    };
  });
}

/** Plays all drills, the months and the detection on all rule sets. */
export async function contest(options: Contest): Promise<Scoreboard> {
  const { compiled, others, stage, drills, peaks, service, shares, progress } = options;
  // A month takes about as long as everything else together.
  const whole = 2 + peaks.length * 6;
  const rows: Scoreboard["drills"][number][] = [];
  for await (const row of inOrder(drills, (drill) => drillScores(options, drill))) {
    rows.push(row);
    progress(rows.length / drills.length / whole, row.drill.name);
  }
  const sets = setsFor(
    options,
    stage.services.filter(({ name }) => name === service.name),
  );
  const found = await detections(service, sets, stage, shares, (share) => progress((1 + share) / whole, "detection"));
  const months: Scoreboard["months"][number][] = [];
  for (const [index, peak] of peaks.entries()) {
    const note = (share: number) => progress((2 + 6 * (index + share)) / whole, `30 days, ${peak} requests a second`);
    months.push({ peak, scores: await monthScores(options, peak, note) });
  }
  return {
    sets: [rulesOf(compiled, []).name, ...others.map(({ name }) => name)],
    drills: rows,
    months,
    detection: shares.map((share, index) => ({ share, found: found[index] ?? [] })),
  };
}
