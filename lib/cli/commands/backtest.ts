import { type Diagnostic, DiagnosticsError, refuseErrors } from "@watchbill/model";
import { DateTime } from "luxon";
import { parse } from "yaml";
import { type BacktestOptions, backtest as run, type Side } from "../../backtest/backtest";
import { manifestsAt } from "../../backtest/base";
import { rowsOf, totalsOf } from "../../backtest/report";
import { mistake } from "../../checks/check";
import { type CompiledEnvironment, compile } from "../../compile";
import { rulesOf } from "../../drills/rule-set";
import { surroundings } from "../../project";
import { preparePackages } from "../../runtime/prerequisites/prepare";
import { repositoryRoot } from "../../runtime/repository-root";
import { stateFolder } from "../../runtime/state-folder";
import { parseDuration } from "../../simulator";
import { environmentNamed } from "../environment";
import { readMoment } from "../page/moment";
import { zoneOf } from "../page/zone";
import { paint, printMistakes, secondsSince, table } from "../print";
import { Progress } from "../progress";

interface Options {
  readonly data: string;
  readonly from: string;
  readonly to: string;
  readonly base?: string;
  readonly environment: string;
  /** With a base: what stays the same, too. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * Says what would have fired in a time that is over, and whom it would have called; and what a change makes of it.
 *
 * @param root the checkout whose commits `base` is one of
 */
export async function backtest(options: Options, root = repositoryRoot): Promise<number> {
  const start = Date.now();
  const compiled = compile(environmentNamed(options.environment), surroundings());
  refuseErrors(compiled.diagnostics);
  const after = sideOf(compiled, "now");
  const zone = zoneOf(after.set.alertmanager, compiled);
  const span = spanOf(options, zone);
  const before = options.base === undefined ? undefined : await sideAt(options.base, compiled, root);
  const missing = await preparePackages(stateFolder("local"), (words) => console.error(`  … ${words}`));
  if (missing.length > 0) {
    printMistakes(missing);
    return 1;
  }
  const progress = new Progress();
  const asked: BacktestOptions = { data: options.data, ...span, after, ...(before && { before }) };
  const result = await run({ ...asked, progress: (share, words) => progress.show(share, words) }).finally(() =>
    progress.clear(),
  );
  printMistakes(result.failures);
  if (options.json) {
    console.log(JSON.stringify(result.firings, null, 2));
    return 0;
  }
  const when = (time: number) => DateTime.fromMillis(time, { zone }).toFormat("yyyy-MM-dd HH:mm");
  const samples = result.samples.toLocaleString("en");
  console.log(paint("bold", `${options.environment}, ${when(span.from)} to ${when(span.to)} ${zone}`));
  console.log(paint("dim", `${samples} samples of ${options.data.replace(/\/\/[^/@]*@/, "//")}\n`));
  const firings = result.firings.filter(({ change }) => options.all || change !== "same");
  const [head, ...rows] = table(rowsOf({ ...result, firings }, zone)).split("\n");
  const nothing = result.firings.length === 0 ? "No alert fires." : "Nothing changes; --all shows what fires.";
  console.log(rows.length === 0 ? nothing : [paint("dim", head!), ...rows.map(coloured)].join("\n"));
  console.log(`\n${totalsOf(result).join("\n")} ${paint("dim", `(${secondsSince(start)})`)}`);
  return 0;
}

function coloured(row: string): string {
  if (row.includes("  + new")) return paint("red", row);
  if (row.includes("  - gone")) return paint("green", row);
  return row.includes("  ~ ") ? paint("yellow", row) : row;
}

/** The times that were asked for; a day alone is its beginning. */
function spanOf(options: Options, zone: string): { readonly from: number; readonly to: number } {
  const read = (option: "from" | "to"): number | Diagnostic => {
    const text = options[option];
    const moment = readMoment(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text, zone);
    if ("at" in moment && typeof moment.at === "number") return moment.at;
    const { message, hint } = moment as Diagnostic;
    return mistake("backtest-time", "backtest", `--${option} ${text}`, message, hint);
  };
  const [from, to] = [read("from"), read("to")];
  refuseErrors([from, to].filter((one) => typeof one !== "number"));
  if (Number(from) < Number(to)) return { from: Number(from), to: Number(to) };
  const hint = "name a later --to";
  throw new DiagnosticsError([mistake("backtest-time", "backtest", undefined, "it ends before it begins", hint)]);
}

/** How often Prometheus evaluates groups that don't say it themselves. */
function intervalOf(files: Readonly<Record<string, string>>): number {
  const settings = parse(files["prometheus/prometheus.yml"] ?? "") as {
    readonly global?: { readonly evaluation_interval?: string };
  } | null;
  return parseDuration(settings?.global?.evaluation_interval ?? "1m") ?? 60_000;
}

function sideOf(compiled: CompiledEnvironment, name: string): Side {
  const names = compiled.services.map((service) => service.name);
  return { set: { ...rulesOf(compiled, names), name }, interval: intervalOf(compiled.files) };
}

/** The rules and routes of an earlier commit. Whom a receiver calls is as declared now, unless it is gone since. */
async function sideAt(ref: string, compiled: CompiledEnvironment, root: string): Promise<Side> {
  const { environment } = compiled;
  const now = sideOf(compiled, "now").set;
  const files = await manifestsAt(ref, environment.name, root);
  const { set, interval } = sideOf({ ...compiled, files }, ref);
  const rules = set.rules.map(({ name, text }) => ({ name: `${ref}:${name}`, text }));
  const tells = (receiver: string) => (now.alertmanager.receivers.has(receiver) ? now.tells(receiver) : [receiver]);
  return { set: { ...set, rules, tells }, interval };
}
