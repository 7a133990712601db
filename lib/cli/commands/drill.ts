import {
  type Diagnostic,
  DiagnosticsError,
  type Drill,
  type Environment,
  incidentTargets,
  refuseErrors,
} from "@watchbill/model";
import { DateTime } from "luxon";
import { drills } from "../../../drills";
import { quietMonth } from "../../../drills/quiet-month";
import { usual } from "../../../drills/usual";
import { type CompiledEnvironment, compile } from "../../compile";
import { clock } from "../../drills/clock";
import { timesOf } from "../../drills/happening";
import { inOrder } from "../../drills/in-order";
import { drillMistakes, possibleIn } from "../../drills/mistakes";
import { type DrillResult, runDrill } from "../../drills/run";
import { linesOf } from "../../drills/timeline";
import { surroundings } from "../../project";
import { preparePackages } from "../../runtime/prerequisites/prepare";
import { stateFolder } from "../../runtime/state-folder";
import { environmentNamed } from "../environment";
import { paint, printMistakes, secondsSince } from "../print";
import { Progress } from "../progress";

interface Options {
  readonly environment: string;
  readonly json?: boolean;
  /** Requests a second at the most, for the quiet month. */
  readonly rate?: number;
  /** What wakes nobody, too, for the quiet month. */
  readonly all?: boolean;
}

/** Rehearses incidents on the rules of an environment. Fails when one of them does not go as it should. */
export async function drill(names: readonly string[], options: Options): Promise<number> {
  const start = Date.now();
  const missing = await preparePackages(stateFolder("local"), (words) => console.error(`  … ${words}`));
  if (missing.length > 0) {
    printMistakes(missing);
    return 1;
  }
  const compiled = compiledFor(options.environment);
  // It takes minutes, where the others take seconds: whoever wants it names it.
  if (names.length === 1 && names[0] === quietMonth.name) {
    const { rate = 10, all = false, json = false } = options;
    if (!(rate > 0 && rate < Number.POSITIVE_INFINITY)) throw new DiagnosticsError([noRate]);
    return (await import("./quiet-month.js")).runQuietMonth(compiled, { rate, all, json });
  }
  const chosen = choose(names, compiled.environment);
  const progress = new Progress();
  const results: DrillResult[] = [];
  const note = () => progress.show(results.length / chosen.length, chosen[results.length]?.name ?? "");
  note();
  for await (const result of inOrder(chosen, (one) => runDrill(one, compiled, usual))) {
    progress.clear();
    const whole = names.length > 0 || !result.ok;
    // A story stands by itself; what went well is a line in a list.
    if (!options.json && (whole || results.at(-1)?.ok === false)) console.log("");
    if (!options.json) print(result, whole, compiled.environment);
    results.push(result);
    note();
  }
  progress.clear();
  const failed = results.filter(({ ok }) => !ok);
  if (options.json) console.log(JSON.stringify(results.map(asJson), null, 2));
  else {
    console.log(`\n${verdict(results.length, failed.length)} ${paint("dim", `(${secondsSince(start)})`)}`);
    if (results.length > 1) for (const line of timeToDetect(results)) console.log(line);
  }
  return failed.length > 0 ? 1 : 0;
}

const noRate: Diagnostic = {
  code: "drill-rate",
  severity: "error",
  path: "quiet-month",
  message: "the rate is no number above 0",
  hint: "say how many requests a second there are at the most: --rate 1",
};

const verdict = (all: number, failed: number) => {
  const drilled = all === 1 ? "1 drill" : `${all} drills`;
  if (failed === 0) return `${paint("green", "✔")} ${drilled}: who should be called is called, and nobody else.`;
  return `${paint("red", "✘")} ${failed} of ${drilled} did not go as they should.`;
};

/** How soon those drills page which want a page, beside what the team aims at. */
function timeToDetect(results: readonly DrillResult[]): readonly string[] {
  const after = results
    .filter(({ drill }) => drill.pages.length > 0)
    .flatMap(({ timeline }) => timeline.find(({ kind, at }) => kind === "paged" && at >= 0)?.at ?? []);
  if (after.length === 0) return [];
  const mean = after.reduce((sum, one) => sum + one, 0) / after.length;
  const aim = clock(incidentTargets.timeToDetect.target.value * 1000);
  return [`  Those that page do so after ${clock(mean)} on average; the aim is ${aim} at the most.`];
}

/** Drills take place in true time, also where an environment's own is faster: what it remembers is as long there. */
function compiledFor(name: string): CompiledEnvironment {
  const environment = environmentNamed(name);
  const retention = { ...environment.retention, value: environment.retention.value * environment.lapse };
  const compiled = compile({ ...environment, lapse: 1, retention }, surroundings());
  refuseErrors([
    ...compiled.diagnostics,
    ...drillMistakes(possibleIn(compiled.environment, [...drills, quietMonth]), compiled.environment),
  ]);
  return compiled;
}

function choose(names: readonly string[], environment: Environment): readonly Drill[] {
  const possible = possibleIn(environment, drills);
  if (names.length === 0) return possible;
  const unknown = names.flatMap((name): readonly Diagnostic[] => {
    if (possible.some((one) => one.name === name)) return [];
    const elsewhere = drills.some((one) => one.name === name);
    const message = elsewhere ? `${environment.name} lacks a service of ${name}` : `there is no drill "${name}"`;
    const hint = `there are ${[...possible, quietMonth].map((one) => one.name).join(", ")}; quiet-month is run by itself`;
    return [{ code: "unknown-drill", severity: "error", path: name, message, hint }];
  });
  if (unknown.length > 0) throw new DiagnosticsError(unknown);
  return possible.filter(({ name }) => names.includes(name));
}

const mark = (ok: boolean) => (ok ? paint("green", "✔") : paint("red", "✘"));

const colours = { injected: "yellow", paged: "red", told: "cyan", mended: "green" } as const;

function print({ drill, ok, timeline, verdicts }: DrillResult, whole: boolean, environment: Environment): void {
  if (!whole) {
    const said = verdicts.map((one) => one.said).join("; ");
    console.log(`${mark(ok)} ${drill.name.padEnd(20)} ${paint("dim", said)}`);
    return;
  }
  const when = DateTime.fromMillis(timesOf(drill).begins, { zone: drill.zone }).toFormat("cccc d LLLL yyyy, HH:mm");
  console.log(`${mark(ok)} ${paint("bold", drill.name)}  ${drill.title}`);
  console.log(`${paint("dim", `  ${environment.name}, ${when} ${drill.zone}`)}\n`);
  for (const [index, line] of linesOf(timeline).entries()) {
    const kind = timeline[index]?.kind;
    const colour = kind && kind in colours ? colours[kind as keyof typeof colours] : undefined;
    console.log(`  ${colour ? paint(colour, line) : line}`);
  }
  console.log("");
  for (const one of verdicts) console.log(`  ${mark(one.ok)} ${one.said}`);
}

const asJson = ({ drill, ok, timeline, verdicts }: DrillResult) => ({
  drill: drill.name,
  title: drill.title,
  begins: new Date(timesOf(drill).begins).toISOString(),
  ok,
  timeline: timeline.map(({ at, ...entry }) => ({ seconds: at / 1000, ...entry })),
  verdicts,
});
