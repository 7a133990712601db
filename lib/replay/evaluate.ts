import { type Diagnostic, refuseErrors } from "@watchbill/model";
import type { FiredAlert } from "../simulator/fired-alert";
import { AlertStates } from "./alert-states";
import { alertsSeries, firedAlerts } from "./episodes";
import type { Row } from "./matrix";
import { necessary } from "./necessary";
import type { Step } from "./plan";
import type { Prometheus, QueryError } from "./prometheus";
import { type Grid, gridOf, rangeOf, stepsOf } from "./range";
import { Recorder } from "./recorder";
import type { Rule } from "./rules";
import type { Series } from "./series";
import type { Block } from "./tsdb/block";

/** Told how far it is, from 0 to 1, and what is being evaluated. */
export type Progress = (share: number, words: string) => void;

export interface Span {
  /** Nothing is evaluated before the first sample. */
  readonly first: number;
  readonly from: number;
  readonly to: number;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly progress: Progress;
}

/** One query and all rules that ask it at the same moments. */
interface Task {
  readonly query: string;
  readonly grid: Grid;
  readonly steps: readonly Step[];
}

/** As many as Prometheus may answer at a time: more than processors only take memory. */
const atOnce = 2;

/**
 * Evaluates the levels one after another. What a level records goes into the block, which the server reads when it starts
 * again: its clock of a minute, after which it would see it by itself, is too slow.
 */
export async function evaluate(
  prometheus: Prometheus,
  block: Block,
  levels: readonly (readonly Step[])[],
  span: Span,
): Promise<{ readonly alerts: readonly FiredAlert[]; readonly failures: readonly Diagnostic[] }> {
  const { externalLabels, progress } = span;
  const tasks = levels.map((level) => tasksOf(level, span));
  const total = tasks.flat().reduce((sum, { grid }) => sum + stepsOf(grid), 0);
  let done = 0;
  const alerts: FiredAlert[] = [];
  const failures: Diagnostic[] = [];

  const run = async ({ query, grid, steps }: Task) => {
    const readers = steps.map((step) => reader(step, block, externalLabels));
    const recorded = steps.some(({ rule }) => rule.kind === "recording");
    let failure: QueryError | undefined;
    for await (const piece of rangeOf(prometheus, query, grid, recorded ? query : necessary(query))) {
      failure ??= piece.failure;
      if (!piece.failure) for (const { see } of readers) see(piece.rows, piece.grid);
      done += stepsOf(piece.grid);
      progress(done / total, steps[0]!.rule.name);
    }
    if (failure) for (const { rule } of steps) failures.push(failed(rule, failure));
    for (const { finish } of readers) alerts.push(...finish(grid));
  };

  for (const level of tasks) {
    block.save();
    const waiting = [...level];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await prometheus.stop();
  }
  block.save();
  refuseErrors(failures);
  return { alerts: alerts.sort((one, other) => one.startsAt - other.startsAt), failures };
}

/** The same question is asked once; the dearest come first, so that nobody waits for one at the end. */
function tasksOf(level: readonly Step[], { first, from, to }: Span): Task[] {
  const byQuery = new Map<string, Step[]>();
  for (const step of level) {
    const key = `${step.rule.interval} ${step.query}`;
    byQuery.set(key, [...(byQuery.get(key) ?? []), step]);
  }
  const dearest = [...byQuery.values()].sort(([one], [other]) => other!.reach - one!.reach);
  return dearest.map((steps) => {
    const { query, rule } = steps[0]!;
    const lead = Math.max(...steps.map((step) => step.lead));
    return { query, grid: gridOf(Math.max(Math.min(first, from), from - lead), to, rule.interval), steps };
  });
}

/** What becomes of a rule's results: samples for the block, or alerts. */
function reader({ rule, read }: Step, block: Block, external: Readonly<Record<string, string>>) {
  const add = (all: readonly Series[]) => {
    for (const series of all) block.add(series);
  };
  if (rule.kind === "recording") {
    const recorder = new Recorder(rule);
    return {
      see: (rows: readonly Row[], grid: Grid) => add(recorder.record(rows, grid)),
      finish: (): readonly FiredAlert[] => [],
    };
  }
  const states = new AlertStates(rule);
  return {
    see: (rows: readonly Row[], grid: Grid) => states.see(rows, grid),
    finish: (grid: Grid) => {
      const episodes = states.finish(grid);
      if (read) add(alertsSeries(episodes, grid));
      return firedAlerts(episodes, rule.annotations, external);
    },
  };
}

function failed({ file, group, name }: Rule, { message }: QueryError): Diagnostic {
  const path = `${file}/${group}/${name}`;
  if (/checksum mismatch|segment|corrupt/.test(message)) {
    const hint = "take another copy of it";
    return { code: "samples-damaged", severity: "error", path, message: `a block is damaged: ${message}`, hint };
  }
  return {
    code: "rule-failed",
    severity: "warning",
    path,
    message: `Prometheus can't evaluate ${name} at times, and has no result of it then: ${message}`,
    hint: "mend its expression, or what it reads",
  };
}
