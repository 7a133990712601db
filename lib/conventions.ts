import {
  type Alert,
  type Environment,
  itself,
  keptName,
  minutes,
  type Named,
  type Panel,
  type Service,
  type Source,
} from "@watchbill/model";

/** Names that several backends must agree on, each in one place. */

/** For how long Prometheus goes on seeing a sample where the scrape did not say that its series has ended. */
export const lookback = minutes(5);

/** The servers that watch, each scraped by a job of its own name. */
const watchers: readonly Source[] = ["prometheus", "alertmanager"];

/**
 * The scrape job of a service's own exposition is the service's name; an exporter beside it has a job of its own, and so
 * has each monitoring server. A service that is renamed keeps its jobs: windows that reach back find their samples.
 */
export const jobOf = (service: Named, source: Source): string => {
  if (source === "service") return keptName(service);
  if (source === "nodes") return jobOf(service, "node");
  return watchers.includes(source) ? source : `${keptName(service)}-${source}`;
};

/** Whether a source is read wherever it is: what Prometheus says of every scrape, and all machines. */
export const isOfEveryJob = (source: Source) => source === "scrape" || source === "nodes";

/** The matchers that lead to a source's series; what is of every job is in no job of its own. */
export const jobMatchers = (service: Named, source: Source): readonly string[] =>
  isOfEveryJob(source) ? [] : [`job="${jobOf(service, source)}"`];

/** Folder and file names below a Markdown runbook's base address. */
export const runbookUrl = (environment: Environment, alert: Pick<Alert, "runbook">) =>
  `${environment.links.runbooks}/${alert.runbook}.md`;

/** A dashboard's uid, from names only and the first ones, so that links survive an apply and a rename: `tickets-main`. */
export const dashboardUid = (service: Named, dashboard: Named) => `${keptName(service)}-${keptName(dashboard)}`;

/** The uid of the dashboard that a panel is on. */
export const panelDashboardUid = ({ dashboards }: Environment, service: Named, { on }: Pick<Panel, "on">) =>
  dashboardUid(service, dashboards.find(({ name }) => name === on) ?? { name: on });

/** What is down while an alert fires, by name; nothing for most alerts. */
export const downName = (service: Service, { down }: Alert) => (down === itself ? service.name : down);

/** The alert that fires along with one of something down and for a while after it, to keep its symptoms from being told. */
export const aftermathOf = (id: string) => `${id}Aftermath`;

/** How much such an alert matters: `info`, since linters know no less, and no priority, by which nobody is told of it. */
export const aftermathLabels = { severity: "info", priority: "none" } as const;

export const isAftermath = (labels: Readonly<Record<string, string>>) => labels.priority === aftermathLabels.priority;

/** Labels that each alert of a service carries in Prometheus, and tags in Datadog. */
export const serviceLabels = (service: Service) => ({ service: service.name, owner: service.owner });

/** Of an objective's events, those that were bad, or all. */
export type EventKind = "bad" | "all";

/**
 * Recorded series of an objective, each with the labels `service` and `objective`. Names in the form
 * level:metric:operation (https://prometheus.io/docs/practices/rules/), the ratios as Sloth calls them.
 */
export const sloSeries = {
  /** Events between two evaluations, bad ones or all of them: `events("bad")`. */
  events: (which: EventKind) => `slo:events_${which}:increase` as const,
  /** Events within 1 h, 6 h or 1 d, of which longer windows are put together: `eventsWithin("bad", "6h")`. */
  eventsWithin: (which: EventKind, window: "1h" | "6h" | "1d") => `slo:events_${which}:increase${window}` as const,
  /** Share of bad events over a window, in Prometheus' notation: `errorRatio("6h")`. */
  errorRatio: (window: string) => `slo:sli_error:ratio_rate${window}` as const,
  /** Share of the error budget that is left; 1 is untouched, below 0 is overspent. */
  budgetRemaining: "slo:error_budget:remaining",
  /** How many times faster than allowed the budget burns, over 1 h. */
  burnRate: "slo:current_burn_rate:ratio",
  /** Seconds until nothing of the budget is left, at that pace; missing while nothing burns. */
  exhaustion: "slo:error_budget:exhaustion_seconds",
} as const;

/**
 * Labels of an objective's recorded series, beside their job. They speak for all instances and say so: every query of a
 * dashboard filters by instance, and a series without one would never be shown.
 */
export const sloLabels = (service: string, objective: string) => ({ service, objective, instance: "all" });

/** The alert of an objective whose budget burns: so fast that somebody is called, or so slowly that a ticket will do. */
export const burnAlertId = (pages: boolean) => (pages ? "ErrorBudgetBurnFast" : "ErrorBudgetBurnSlow");

/** The section that a dashboard shows objectives in. */
export const objectivesSection = "Objectives";

/** The module of blackbox_exporter that makes one check. */
export const blackboxModule = (service: string, check: string) => `${service}-${check}`;
