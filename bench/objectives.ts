import { readFileSync } from "node:fs";
import { days, type Environment, percent, type Service, seconds, service } from "@watchbill/model";
import { parse } from "yaml";
import { availability } from "../alert-rules/objectives";
import { eventSums } from "../lib/backends/prometheus/event-sums";
import { objectiveGroup } from "../lib/backends/prometheus/objective";
import { type EventKind, sloSeries } from "../lib/conventions";
import { estate } from "./estate";
import { RealPrometheus } from "./real-prometheus";
import { cost, type Deviation, deviation, type Rule, record } from "./rule-cost";
import { scrape, type Traffic, traffic } from "./traffic";

/** The rules of one objective, on a real Prometheus: what they touch, and how near the truth they are. */

const objective = availability({ target: percent(99.9), over: days(30) });
const shop: Service = { ...service("shop", { ...estate(1).services[0]!, objectives: [objective] }) };
const environment: Environment = { ...estate(0), scrapeEvery: seconds(scrape), evaluateEvery: seconds(scrape) };

export const { rules } = objectiveGroup(environment, shop, objective);

const hour = 3600;
const windows = {
  "1m": 60,
  "5m": 300,
  "30m": 1800,
  "1h": hour,
  "2h": 2 * hour,
  "6h": 6 * hour,
  "1d": 24 * hour,
  "3d": 72 * hour,
  "30d": 720 * hour,
};
type Window = keyof typeof windows;
const windowNames = Object.keys(windows) as Window[];

/** A window's ratio, by how it is computed. */
type Ratio = (window: Window) => string | undefined;

const sums = eventSums(environment, shop, objective);
const ourRatio: Ratio = (window) => {
  if (window !== "30d") return sums.ratio(windows[window]);
  const budget = rules.find((rule) => "record" in rule && rule.record === sloSeries.budgetRemaining);
  return `(1 - (${budget?.expr})) * 0.001`;
};

/** As rules written by hand have it: rates over the raw series. */
const rawRatio: Ratio = (window) => {
  if (windows[window] > 72 * hour) return undefined;
  const rate = (matcher: string) => `sum(rate(http_requests_total{job="shop"${matcher}}[${window}]))`;
  return `${rate(`,status=~"5.."`)} / ${rate("")}`;
};

/** Distances from what scrapes can tell, and from what happened, as shares of these. */
type Deviations = Readonly<Partial<Record<Window, { readonly exact: Deviation; readonly happened: Deviation }>>>;

export interface Measured {
  readonly samples: number;
  readonly byRule: ReadonlyMap<string, number>;
  readonly ours: Deviations;
  readonly raw: Deviations;
}

/**
 * Evaluations of the last days: some at all times of the day, as many right after something leapt, began anew or was
 * lost, when windows are hardest to get right.
 */
export function instantsOf({ end, troubles }: Traffic, many: number, last: number): readonly number[] {
  const from = end - last * 24 * hour;
  const evaluation = (time: number) => Math.ceil(time / scrape) * scrape;
  const apart = (last * 24 * hour) / many;
  const spread = Array.from({ length: many }, (_, index) => evaluation(from + index * apart));
  const hard = troubles.filter((time) => time > from && time < end - 15 * 60);
  const chosen = Array.from({ length: many }, (_, index) => hard[Math.floor((index * hard.length) / many)] ?? from);
  const later = [0, scrape, 4 * 60, 11 * 60];
  return [...new Set([...spread, ...chosen.map((time, index) => evaluation(time + later[index % later.length]!))])];
}

/** When the rules were evaluated: Prometheus spreads its groups over the interval. */
async function evaluatedAt(prometheus: RealPrometheus, of: readonly Rule[], instants: readonly number[]) {
  const first = of.find((rule) => "record" in rule);
  const age = `time() - max(timestamp(${first?.record}))`;
  const { value } = await prometheus.query(age, instants[0] ?? 0);
  return instants.map((instant) => instant - value);
}

export async function measureRules(
  data: Traffic,
  of: readonly Rule[],
  evaluations: readonly number[],
): Promise<Measured> {
  const prometheus = new RealPrometheus();
  const deviations = async (ratio: Ratio, instants: readonly number[]): Promise<Deviations> => {
    const found: Record<string, { readonly exact: Deviation; readonly happened: Deviation }> = {};
    for (const name of windowNames) {
      const expression = ratio(name);
      if (expression === undefined) continue;
      found[name] = {
        exact: await deviation(prometheus, expression, windows[name], data.exact, instants),
        happened: await deviation(prometheus, expression, windows[name], data.happened, instants),
      };
    }
    return found;
  };
  try {
    await prometheus.addSamples(data.blocks);
    if (of === rules) await prometheus.addSamples([remembered(data)]);
    await record(prometheus, of, data, evaluations);
    const instants = await evaluatedAt(prometheus, of, evaluations);
    const { samples, byRule } = await cost(prometheus, of, instants.slice(0, 12));
    const ours = of === rules ? await deviations(ourRatio, instants) : {};
    return { samples, byRule, ours, raw: of === rules ? await deviations(rawRatio, instants) : {} };
  } finally {
    await prometheus.remove();
  }
}

/** What the rules have recorded of the time before the scrapes: the budget looks back on nothing but these hours. */
function remembered({ hours }: Traffic): string {
  const labels = `{service="shop",objective="availability",instance="all",job="shop"}`;
  const lines = (of: EventKind) => {
    const name = sloSeries.eventsWithin(of, "1h");
    return `# TYPE ${name} gauge\n${hours.map((one) => `${name}${labels} ${one[of]} ${one.end}\n`).join("")}`;
  };
  return `${lines("bad")}${lines("all")}# EOF\n`;
}

const whole = (value: number) => Math.round(value).toLocaleString("en").padStart(11);
const share = (value: number) => (value * 100).toFixed(3).padStart(9);

function print(title: string, { samples, byRule, ours, raw }: Measured): void {
  console.log(`  ${title}`);
  for (const [name, one] of byRule) console.log(`    ${name.padEnd(36)}${whole(one)}`);
  console.log(`    ${"all of them, one evaluation".padEnd(36)}${whole(samples)}`);
  for (const [words, all] of [
    ["these rules", ours],
    ["rate() over raw series", raw],
  ] as const) {
    if (Object.keys(all).length === 0) continue;
    console.log(`    ratios of ${words}, in % off    from what was scraped      from what happened`);
    console.log(`    ${"".padEnd(32)}   median    worst        median    worst`);
    for (const [name, { exact, happened }] of Object.entries(all)) {
      const both = [exact, happened].map(({ median, worst }) => `${share(median)}${share(worst)}`);
      console.log(`    ${name.padEnd(32)}${both.join("     ")}`);
    }
  }
}

/** Rules of another generator, in Prometheus' format, for the same objective on the same series. */
function peer(): readonly Rule[] | undefined {
  const file = process.env.WATCHBILL_BENCH_PEER;
  if (file === undefined) return undefined;
  const { groups } = parse(readFileSync(file, "utf8")) as { readonly groups: readonly { readonly rules: Rule[] }[] };
  return groups.flatMap((group) => group.rules);
}

export async function objectives(): Promise<void> {
  const data = traffic(Date.UTC(2026, 0, 1) / 1000, 31, 5);
  const instants = instantsOf(data, 24, 1.9);
  console.log("rules of one 30-day objective over 48 series, scraped and evaluated each 30 s: samples touched");
  const ours = await measureRules(data, rules, instants);
  print("watchbill", ours);
  const others = peer();
  if (!others) {
    console.log("  WATCHBILL_BENCH_PEER=<rules file> measures another generator's rules beside these\n");
    return;
  }
  const theirs = await measureRules(data, others, instants);
  print("the peer", theirs);
  console.log(`  the peer touches ${(theirs.samples / ours.samples).toFixed(0)} times as many\n`);
}
