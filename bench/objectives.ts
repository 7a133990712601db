import { readFileSync } from "node:fs";
import { days, type Environment, percent, type Service, seconds, service } from "@watchbill/model";
import { parse } from "yaml";
import { availability } from "../alert-rules/objectives";
import { burnAlerts, objectiveRecordings } from "../lib/backends/prometheus/objective";
import { sloSeries } from "../lib/conventions";
import { estate } from "./estate";
import { RealPrometheus } from "./real-prometheus";
import { cost, deviation, type Rule, record } from "./rule-cost";
import { scrape, type Traffic, traffic } from "./traffic";

/** The rules of one objective, on a real Prometheus: what they touch, and how near the truth they are. */

const objective = availability({ target: percent(99.9), over: days(30) });
const shop: Service = { ...service("shop", { ...estate(1).services[0]!, objectives: [objective] }) };
const environment: Environment = { ...estate(0), scrapeEvery: seconds(scrape), evaluateEvery: seconds(scrape) };

export const rules: readonly Rule[] = [
  ...objectiveRecordings(environment, shop, objective).rules,
  ...burnAlerts(environment, shop, objective),
];

const hour = 3600;
const windows = {
  "5m": 300,
  "30m": 1800,
  "1h": hour,
  "2h": 2 * hour,
  "6h": 6 * hour,
  "1d": 24 * hour,
  "3d": 72 * hour,
};

/** Each window's ratio as the rules have it, and the share of the budget that is spent over the whole period. */
function ratios(
  of: readonly Rule[],
): readonly { readonly name: string; readonly expr: string; readonly window: number }[] {
  return of.flatMap((rule) => {
    if (!("record" in rule)) return [];
    const window = /^slo:sli_error:ratio_rate(\w+)$/.exec(rule.record)?.[1];
    if (rule.record === "slo:error_budget:remaining") {
      return [{ name: "30d", expr: `(1 - (${rule.expr})) * 0.001`, window: 720 * hour }];
    }
    if (window === "30d") return [{ name: window, expr: rule.expr, window: 720 * hour }];
    return window !== undefined && window in windows
      ? [{ name: window, expr: rule.expr, window: windows[window as keyof typeof windows] }]
      : [];
  });
}

export interface Measured {
  readonly samples: number;
  readonly byRule: ReadonlyMap<string, number>;
  readonly deviations: Readonly<Record<string, { readonly worst: number; readonly median: number }>>;
}

/** Moments of the last days, on evaluations, at all times of the day. */
export const instantsOf = ({ end }: Traffic, many: number, last: number): readonly number[] =>
  Array.from(
    { length: many },
    (_, index) => end - scrape * (1 + index * Math.floor((last * 24 * hour) / scrape / many)),
  );

export async function measureRules(data: Traffic, of: readonly Rule[], instants: readonly number[]): Promise<Measured> {
  const prometheus = new RealPrometheus();
  try {
    await prometheus.addSamples(data.blocks);
    if (of === rules) await prometheus.addSamples([remembered(data)]);
    await record(prometheus, of, data, instants);
    const { samples, byRule } = await cost(prometheus, of, instants);
    const deviations: Record<string, Measured["deviations"][string]> = {};
    for (const { name, expr, window } of ratios(of)) {
      deviations[name] = await deviation(prometheus, expr, window, data, instants);
    }
    return { samples, byRule, deviations };
  } finally {
    await prometheus.remove();
  }
}

/** What the rules have recorded of the time before the scrapes: the budget looks back on nothing but these hours. */
function remembered({ hours }: Traffic): string {
  const labels = `{service="shop",objective="availability",instance="all",job="shop"}`;
  const lines = (name: string, of: "bad" | "all") =>
    `# TYPE ${name} gauge\n${hours.map((one) => `${name}${labels} ${one[of]} ${one.end}\n`).join("")}`;
  return `${lines(sloSeries.badHour, "bad")}${lines(sloSeries.allHour, "all")}# EOF\n`;
}

const whole = (value: number) => Math.round(value).toLocaleString("en").padStart(11);
const share = (value: number) => (value * 100).toFixed(3).padStart(9);

function print(title: string, { samples, byRule, deviations }: Measured): void {
  console.log(`  ${title}`);
  for (const [name, one] of byRule) console.log(`    ${name.padEnd(36)}${whole(one)}`);
  console.log(`    ${"all of them, one evaluation".padEnd(36)}${whole(samples)}`);
  console.log("    distance from the exact ratio        median %  worst %");
  for (const [name, { median, worst }] of Object.entries(deviations)) {
    console.log(`    ${name.padEnd(36)}${share(median)}${share(worst)}`);
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
