import {
  type BurnTier,
  type Environment,
  hours,
  type LastingTier,
  minutes,
  type Objective,
  type Service,
  severityMeaning,
} from "@watchbill/model";
import { burnAlertId, jobOf } from "../conventions";
import { lapsed } from "../lapse";
import { humanized } from "./humanize";
import { firings, type Holding } from "./reckoning/alert-state";
import type { InputSeries, LabelSet, Sample } from "./reckoning/series";
import { targetsOf } from "./stories/cells";
import { probeSeries, resultsPerEvaluation, selectionOf } from "./stories/probe-series";
import type { Expectation, Trial } from "./test-file";

interface ObjectiveCases {
  readonly objective: Objective;
  /** Names of its alerts. */
  readonly alerts: readonly string[];
  readonly trials: readonly (Trial & { readonly sentence: string; readonly doubt?: string })[];
  /** Tiers that take too long to be tried here. */
  readonly uncovered: readonly { readonly kind: string; readonly why: string }[];
}

/** Events between two evaluations. */
interface Flow {
  readonly bad: number;
  readonly all: number;
}

/** A tier that takes longer to fire than this many evaluations is left to the bench, which has weeks of data. */
const longest = 300;
/** Tiers that look back over no more evaluations than this are tried at all of their edges. */
const shortly = 60;
const perStep = 160;
/** So few events that the share of a minute is at once what it will be. A rule's quantile lies a little beside a step of it. */
const hardly = 1 / 256;
const calm = 20;

const isLasting = (tier: BurnTier | LastingTier): tier is LastingTier => "share" in tier;

export function objectiveCases(environment: Environment, service: Service, objective: Objective): ObjectiveCases {
  const every = environment.evaluateEvery.value;
  const step = lapsed(environment, environment.evaluateEvery).value;
  const steps = (of: { readonly value: number }) => Math.round(of.value / every);
  const budget = 1 - objective.target.value;
  const limitOf = (tier: BurnTier | LastingTier) =>
    Number((isLasting(tier) ? tier.share.value : tier.factor * budget).toPrecision(6));
  const tiers = [...objective.lasting, ...objective.tiers];
  const { alertBelow, indicator } = objective;
  const alerts = [true, false]
    .filter((pages) => tiers.some((tier) => tier.pages === pages) || (!pages && alertBelow))
    .map(burnAlertId);

  /** The share that fires, where one does, at each evaluation; told by the definition of the tiers. */
  const holds = (flows: readonly (Flow | undefined)[], k: number, pages: boolean): number | undefined => {
    const sum = (which: keyof Flow, many: number, at = k) =>
      flows.slice(Math.max(0, at - many + 1), at + 1).reduce((total, flow) => total + (flow?.[which] ?? 0), 0);
    const share = (many: number, at = k) => sum("bad", many, at) / sum("all", many, at);
    if (!flows[k]) return undefined;
    for (const tier of tiers.filter((one) => one.pages === pages)) {
      const limit = limitOf(tier);
      if (isLasting(tier)) {
        const [window, of, many] = [steps(tier.window), steps(tier.within), steps(tier.lasts)];
        const seen = Array.from({ length: of }, (_, age) => k - age).filter((at) => at >= 0 && flows[at]);
        const highest = seen.map((at) => share(window, at)).sort((a, b) => b - a);
        const lowest = highest[many - 1];
        if (lowest !== undefined && lowest > limit && sum("bad", of) >= objective.floor) return lowest;
      } else {
        const [long, short] = [steps(tier.long), steps(tier.short)];
        const isKnown = flows[k - Math.round(long / 2)] !== undefined;
        const needsMany = pages && indicator.kind !== "probes";
        const enough = sum("all", short) >= objective.floor && (!needsMany || sum("bad", long) >= objective.floor);
        if (isKnown && enough && share(long) > limit && share(short) > limit) return share(long);
      }
    }
    return undefined;
  };

  const { grafana } = environment.links;
  const shows = environment.dashboards.some(({ name }) => name === "objectives");

  const labelsTold = (pages: boolean): LabelSet => {
    const { label, priority } = severityMeaning[pages ? "critical" : "high"];
    return { owner: service.owner, severity: label, priority: `p${priority}` };
  };
  const symptom = objective.symptom === undefined ? "The" : `${objective.symptom}: the`;
  const job = jobOf(service, selectionOf(indicator).metric.source);
  // Checks come at their own pace, whatever the trial would like.
  const usual = indicator.kind === "probes" ? resultsPerEvaluation(environment, service, indicator.of) : perStep;
  const expects = (flows: readonly (Flow | undefined)[]): readonly Expectation[] =>
    alerts.map((alert) => {
      const pages = alert === burnAlertId(true);
      const labels = { job, instance: "all", service: service.name, objective: objective.id, ...labelsTold(pages) };
      const results = flows.map((_, k): readonly Holding[] => {
        const value = holds(flows, k, pages);
        return value === undefined ? [] : [{ labels, value }];
      });
      // Of a page, and of what was spent of the whole period.
      const keep = lapsed(environment, pages ? minutes(5) : hours(alertBelow ? 1 : 0)).value;
      return {
        alert,
        fires: firings(results, { step, hold: 0, keep }).map((firing) => ({
          ...firing,
          told: labels,
          annotations: {
            summary: `${symptom} error budget burns ${pages ? "fast" : "steadily"}.`,
            description: `${humanized(firing.value, "ratio")} of events miss the objective "${objective.title}"; ${Number((budget * 100).toPrecision(6))}% is what the budget allows.`,
            runbook_url: `${environment.links.runbooks}/${pages ? "error-budget-burn-fast" : "error-budget-burn-slow"}.md`,
            ...(grafana && shows && { dashboard_url: `${grafana}/d/${service.name}-objectives` }),
          },
        })),
      };
    });

  const trials: (Trial & { sentence: string; doubt?: string })[] = [];
  const add = (
    kind: string,
    sentence: string,
    story: readonly Stretch[],
    means: (fires: readonly Expectation[]) => boolean,
    options: Options = {},
  ) => {
    const { all = usual, disturb = [], absent = false } = options;
    const told = story.flatMap(([share, many, each = all]) => Array.from({ length: many }, () => ({ share, each })));
    // Counters are told by two looks, so that nothing is known of the first evaluation.
    const isUnknown = (k: number) => absent || (k === 0 && indicator.kind !== "probes");
    const flows = told.map(({ share, each }, k) => (isUnknown(k) ? undefined : { bad: share * each, all: each }));
    const expected = expects(flows);
    trials.push({
      name: `${service.name}/${objective.id}/${kind}`,
      sentence,
      step,
      evaluations: told.length,
      series: absent ? [] : seriesOf(environment, service, objective, flows, disturb),
      expects: expected,
      ...(!means(expected) && { doubt: `by its tiers, that is not so: ${sentence}` }),
    });
  };
  const firesOf = (expected: readonly Expectation[], pages: boolean) =>
    expected.find(({ alert }) => alert === burnAlertId(pages))?.fires ?? [];
  const firstOf = (expected: readonly Expectation[], pages: boolean) =>
    firesOf(expected, pages)[0]?.from ?? Number.POSITIVE_INFINITY;
  const silent = (expected: readonly Expectation[]) => expected.every(({ fires }) => fires.length === 0);

  /** What one tier would say at its edges, where it speaks before all others: each of its numbers a little off is seen. */
  const edges = (tier: LastingTier, before: number) => {
    const limit = limitOf(tier);
    const percent = `${Number((limit * 100).toPrecision(4))}%`;
    const [many, of] = [steps(tier.lasts), steps(tier.within)];
    add(
      `new ${percent}`,
      `a service fails from its beginning, ${percent} and half as much again: told once that is known`,
      [[limit * 1.5, many + 4]],
      (expected) => firstOf(expected, tier.pages) === many,
    );
    if (of > shortly) return;
    add(
      `within ${percent}`,
      `hardly less than ${percent} of events fail: it is not told as soon`,
      [
        [0, before, hardly],
        [limit * 0.98, many + steps(tier.window) + 6],
      ],
      (expected) => firstOf(expected, tier.pages) > before + many,
    );
    if (indicator.kind === "probes" || objective.floor === 0) return;
    // Whole parts of an event, so that sums of them are exact; what is left over comes first.
    const each = Math.floor((objective.floor / of) * 256) / 256;
    const rest = objective.floor - each * (of - 1);
    add(
      `floor met ${percent}`,
      `all fail, just as many as it needs within ${of} evaluations: told`,
      [
        [0, before, hardly],
        [1, 1, rest],
        [1, of - 1, each],
        [0, of, each],
      ],
      (expected) => firesOf(expected, tier.pages).length > 0,
    );
    add(
      `floor missed ${percent}`,
      `all fail, hardly fewer than it needs within ${of} evaluations: not told as soon`,
      [
        [0, before, hardly],
        [1, 2 * of + 4, (objective.floor * 0.98) / of],
      ],
      (expected) => firstOf(expected, tier.pages) > before + of - 1,
    );
  };

  const uncovered: { kind: string; why: string }[] = [];
  for (const tier of tiers) {
    const limit = limitOf(tier);
    const percent = `${Number((limit * 100).toPrecision(4))}%`;
    const kind = `past ${percent} ${tier.pages ? "page" : "ticket"}`;
    const needed = isLasting(tier) ? steps(tier.lasts) + steps(tier.window) : Math.round(steps(tier.long) / 2);
    const hidden = tiers.some(
      (other) =>
        other !== tier && other.pages === tier.pages && isLasting(other) && limitOf(other) <= limit && !isLasting(tier),
    );
    if (hidden) uncovered.push({ kind, why: `a lasting tier tells of ${percent} long before` });
    else if (needed > longest)
      uncovered.push({
        kind,
        why: `takes ${Math.round((needed * every) / 360) / 10} h to fire, which is longer than a case lasts`,
      });
    else if (limit * 1.02 >= 1) uncovered.push({ kind, why: "more than all would have to fail" });
    else {
      // A rule that knows less than the whole time takes a share of what it knows.
      const before = isLasting(tier) ? Math.max(calm, steps(tier.within) + 1) : 0;
      add(
        kind,
        `${percent} and a little more of events fail: ${tier.pages ? "pages" : "is a ticket"}`,
        [
          [0, before],
          [limit * 1.02, needed + 6],
          [0, 26],
        ],
        (expected) => firesOf(expected, tier.pages).length > 0,
      );
      if (isLasting(tier)) edges(tier, before);
    }
  }
  if (alertBelow) {
    const kind = `past ${Number(((1 - alertBelow.value) * 100).toPrecision(4))}% of the period`;
    uncovered.push({ kind, why: "takes half of the period to be known" });
  }
  const reachable = tiers.filter((tier) => isLasting(tier) && steps(tier.within) <= shortly).map(limitOf);
  if (reachable.length > 0) {
    const lowest = Math.min(...reachable);
    add(
      "within",
      "hardly less than what pages within minutes fails: nobody is paged",
      [
        [0, calm],
        [lowest * 0.98, 60],
      ],
      (expected) => firesOf(expected, true).length === 0,
    );
  } else add("within", "nine tenths of the budget are spent: silent", [[budget * 0.9, 60]], silent);
  if (indicator.kind === "probes") {
    uncovered.push({ kind: "floor", why: "checks come at their own pace: it is held against the tiers' windows" });
  } else {
    add("floor", "all fails of hardly anything: silent", [[1, 130]], silent, {
      all: (objective.floor * 0.98) / Math.max(20, ...objective.lasting.map((tier) => steps(tier.within))),
    });
    add("restart", "a target begins anew: silent", [[0, 60]], silent, { disturb: [{ at: 30, kind: "restart" }] });
  }
  add("scrapes", "a scrape is never made: silent", [[0, 60]], silent, { disturb: [{ at: 30, kind: "missing" }] });
  add("never", "there never was an event: silent", [[0, 20]], silent, { absent: true });
  return { objective, alerts, trials, uncovered };
}

/** The share that fails, over how many evaluations, of how many events in each. */
type Stretch = readonly [share: number, many: number, each?: number];

interface Options {
  readonly all?: number;
  readonly disturb?: readonly { readonly at: number; readonly kind: "restart" | "missing" }[];
  readonly absent?: boolean;
}

const exact = (value: number) => Math.round(value * 65536) / 65536;

/** Counters of two targets that share the events, and of a stranger who fails always. */
function seriesOf(
  environment: Environment,
  service: Service,
  { indicator }: Objective,
  flows: readonly (Flow | undefined)[],
  disturb: NonNullable<Options["disturb"]>,
): readonly InputSeries[] {
  if (indicator.kind === "probes") {
    const failing = flows.map((flow) => (flow ? flow.bad / flow.all : 0));
    const missing = disturb.filter(({ kind }) => kind === "missing").map(({ at }) => at);
    return probeSeries(environment, service, indicator.of, failing, missing);
  }
  const { metric } = selectionOf(indicator);
  const targets = targetsOf(environment, service, metric.source);
  const counted = (part: number, of: (flow: Flow) => number, isFirst: boolean): readonly Sample[] => {
    let value = 2 ** 20;
    return flows.map((flow, k) => {
      const grown = flow ? exact(of(flow) * part) : 0;
      const hit = isFirst ? disturb.find(({ at }) => at === k) : undefined;
      value = hit?.kind === "restart" ? grown : value + grown;
      return hit?.kind === "missing" ? "missing" : value;
    });
  };
  const failing = ({ all }: Flow): Flow => ({ bad: all, all });
  const everybody = [
    ...targets.map((labels, index) => ({
      labels,
      part: index === 0 ? 0.75 : 0.25,
      isFirst: index === 0,
      does: (flow: Flow) => flow,
    })),
    {
      labels: { job: "elsewhere", instance: "elsewhere:1", service: "elsewhere" },
      part: 1,
      isFirst: false,
      does: failing,
    },
  ];
  return everybody.flatMap(({ labels, part, isFirst, does }) => {
    const one = (name: string, more: LabelSet, of: (flow: Flow) => number): InputSeries => ({
      labels: { __name__: name, ...labels, ...more },
      samples: counted(part, (flow) => of(does(flow)), isFirst),
    });
    const good = ({ bad, all }: Flow) => all - bad;
    if (indicator.kind === "latency") {
      const { value } = indicator.bound;
      const buckets = [...metric.buckets.map(String), "+Inf"];
      return [
        ...buckets.map((le) =>
          one(`${metric.name}_bucket`, { le }, (flow) =>
            le !== "+Inf" && Number(le) < value ? 0 : Number(le) === value ? good(flow) : flow.all,
          ),
        ),
        one(`${metric.name}_count`, {}, ({ all }) => all),
      ];
    }
    return [one(metric.name, { status: "200" }, good), one(metric.name, { status: "500" }, ({ bad }) => bad)];
  });
}
