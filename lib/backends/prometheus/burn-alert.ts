import {
  type BurnTier,
  budgetWindow,
  type Duration,
  type Environment,
  hours,
  kebab,
  type LastingTier,
  minutes,
  type Objective,
  type Quantity,
  type Service,
} from "@watchbill/model";
import { burnAlertId, dashboardUid, objectivesSection, runbookUrl, serviceLabels, sloSeries } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { severityLabels } from "./alert-rule";
import { type EventSums, ratioSeries } from "./event-sums";
import { evaluationsOf, lastingWindow } from "./lasting";
import { formatNumber } from "./promql";
import type { AlertRule } from "./rule-file";
import { hasFormerNames } from "./span";

/** The two alerts of an objective: one that pages, one that can wait for the day. */
export const burnAlerts = (
  environment: Environment,
  service: Service,
  objective: Objective,
  sums: EventSums,
  recordedWindows: ReadonlySet<number>,
): readonly AlertRule[] =>
  [true, false].flatMap((pages) => burnAlert(environment, service, objective, sums, recordedWindows, pages) ?? []);

/** Seconds within which what burns is burning still. */
const present = 300;

const rounded = (value: number, digits = 6) => formatNumber(Number(value.toPrecision(digits)));

/** Fires when one of its tiers does, and tells of that tier's share. Without a tier there is no alert. */
function burnAlert(
  environment: Environment,
  service: Service,
  objective: Objective,
  sums: EventSums,
  recordedWindows: ReadonlySet<number>,
  pages: boolean,
): AlertRule | undefined {
  const matchers = `{service="${service.name}",objective="${objective.id}"}`;
  const ratio = (size: number) => (recordedWindows.has(size) ? `${ratioSeries(size)}${matchers}` : sums.ratio(size));
  // What is read under several names has lost these; its job is left.
  const and = hasFormerNames(service, objective) ? "and on (job)" : "and";
  const budget = 1 - objective.target.value;
  const floor = formatNumber(objective.floor);
  const time = (value: number) => formatDuration(lapsed(environment, { value, unit: "seconds" }));

  /**
   * Both windows burn faster, and there were events enough in the short one. Half of the long one must have been recorded:
   * of a service that is minutes old, a blip is a large part of all that ever happened. A page is about what still burns:
   * of an outage that is over, a short window of half an hour would tell half an hour later, as of something new. And it is
   * about more than a few: of a hundred requests an hour, two failures are fourteen times the pace.
   */
  const burns = ({ long, short, factor }: BurnTier) => {
    const limit = rounded(factor * budget);
    const events = sums.within("all", short.value);
    const known = sums.reader.at(sloSeries.events("all"), time(long.value / 2));
    const windows = [long.value, short.value, ...(pages && short.value > present ? [present] : [])];
    const burning = windows.map((size) => `${ratio(size)} > ${limit}`);
    // Checks weigh by the time that they stand for, however few they are.
    const needsMany = pages && objective.indicator.kind !== "probes";
    const enough = [`${events} >= ${floor}`, ...(needsMany ? [`${sums.within("bad", long.value)} >= ${floor}`] : [])];
    return `(${[...burning, ...enough, known].join(` ${and} `)})`;
  };

  /** So many of the last evaluations had a higher share: the lowest of these is higher. Bad events were enough in all. */
  const lasts = (tier: LastingTier) => {
    const { many, of, within } = evaluationsOf(environment, tier);
    const range = `[${sums.range(within)}]`;
    const seen = `${ratio(lastingWindow(environment, tier))}${range}`;
    const lowest = many === of ? `min_over_time(${seen})` : `quantile_over_time(${quantileOf(many, of)}, ${seen})`;
    const bad = `sum_over_time(${sloSeries.events("bad")}${matchers}${range})`;
    return `(${lowest} > ${rounded(tier.share.value)} and count_over_time(${seen}) >= ${many} and ${bad} >= ${floor})`;
  };

  /** What is left tells what was spent. It may take half of the period to be worth a word. */
  const spent = ({ value }: Quantity<"ratio">) => {
    const known = sums.reader.at(sloSeries.events("all"), time(budgetWindow(environment, objective).value / 2));
    return `((1 - ${sloSeries.budgetRemaining}${matchers}) * ${rounded(budget)} > ${rounded(1 - value)} ${and} ${known})`;
  };

  const ofKind = ({ pages: calls }: { readonly pages: boolean }) => calls === pages;
  const below = pages || objective.alertBelow === undefined ? [] : [objective.alertBelow];
  const tiers = [
    ...objective.lasting.filter(ofKind).map(lasts),
    ...objective.tiers.filter(ofKind).map(burns),
    ...below.map(spent),
  ];
  if (tiers.length === 0) return undefined;
  const id = burnAlertId(pages);
  const keeps = keepsFiring(objective, pages);
  const summary = `the error budget burns ${pages ? "fast" : "steadily"}.`;
  const { symptom } = objective;
  return {
    alert: id,
    expr: tiers.join(" or "),
    ...(keeps.value > 0 && { keep_firing_for: formatDuration(lapsed(environment, keeps)) }),
    labels: { ...serviceLabels(service), ...severityLabels(pages ? "critical" : "high"), objective: objective.id },
    annotations: {
      summary: symptom === undefined ? `T${summary.slice(1)}` : `${symptom}: ${summary}`,
      description: `{{ $value | humanizePercentage }} of events miss the objective "${objective.title}"; ${rounded(budget * 100)}% is what the budget allows.`,
      runbook_url: runbookUrl(environment, { runbook: kebab(id) }),
      ...dashboardLink(environment, service),
    },
  };
}

/** To the dashboard that shows nothing but objectives, or to one that shows them too. */
function dashboardLink({ dashboards, links: { grafana } }: Environment, service: Service): Record<string, string> {
  const showing = dashboards.filter(({ sections }) => sections.includes(objectivesSection));
  const [best] = showing.sort((one, other) => one.sections.length - other.sections.length);
  return grafana && best ? { dashboard_url: `${grafana}/d/${dashboardUid(service, best)}` } : {};
}

/**
 * How long an objective's alert goes on after its tiers. One trouble goes from tier to tier, and comes and goes: that is one
 * page. What was spent is told in half hours, of which one may look less while an outage goes from one to the next.
 */
function keepsFiring({ alertBelow }: Objective, pages: boolean): Duration {
  if (pages) return minutes(5);
  return alertBelow ? hours(1) : minutes(0);
}

/**
 * The quantile that is the lowest of the `many` highest of `of` values. Rounded up, so that the one below has no part in
 * it: it may be that of a minute without events, which is not a number.
 */
const quantileOf = (many: number, of: number) => formatNumber(Math.ceil(((of - many) / (of - 1)) * 10_000) / 10_000);
