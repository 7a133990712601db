import { type Alert, type Environment, itself, type Service, type Source } from "@watchbill/model";

/** Names that several backends must agree on, each in one place. */

/** The scrape job of a service's own exposition is the service's name; an exporter beside it has a job of its own. */
export const jobOf = (service: string, source: Source) => (source === "service" ? service : `${service}-${source}`);

/** Folder and file names below a Markdown runbook's base address. */
export const runbookUrl = (environment: Environment, alert: Pick<Alert, "runbook">) =>
  `${environment.links.runbooks}/${alert.runbook}.md`;

/** A dashboard's uid, from names only, so that links survive an apply: `tickets-main`. */
export const dashboardUid = (service: string, dashboard: string) => `${service}-${dashboard}`;

/** What is down while an alert fires, by name; nothing for most alerts. */
export const downName = (service: Service, { down }: Alert) => (down === itself ? service.name : down);

/** Labels that each alert of a service carries in Prometheus, and tags in Datadog. */
export const serviceLabels = (service: Service) => ({ service: service.name, owner: service.owner });

/**
 * Recorded series of an objective, each with the labels `service` and `objective`. Names in the form
 * level:metric:operation (https://prometheus.io/docs/practices/rules/), the ratios as Sloth calls them.
 */
export const sloSeries = {
  /** Events a second over 5 m: those that were bad, and all. Sums, so that longer windows stay weighted by traffic. */
  bad: "slo:events_bad:rate5m",
  all: "slo:events_all:rate5m",
  /** The same over 1 h, at long steps: what windows of more than 2 h are read from. */
  badHour: "slo:events_bad:rate1h",
  allHour: "slo:events_all:rate1h",
  /** Share of bad events over a window: `errorRatio("6h")`. */
  errorRatio: (window: "5m" | "30m" | "1h" | "2h" | "6h" | "1d" | "3d") => `slo:sli_error:ratio_rate${window}` as const,
  /** Share of the error budget that is left; 1 is untouched, below 0 is overspent. */
  budgetRemaining: "slo:error_budget:remaining",
  /** How many times faster than allowed the budget burns, over 1 h. */
  burnRate: "slo:current_burn_rate:ratio",
} as const;

/**
 * Labels of an objective's recorded series, beside their job. They speak for all instances and say so: every query of a
 * dashboard filters by instance, and a series without one would never be shown.
 */
export const sloLabels = (service: string, objective: string) => ({ service, objective, instance: "all" });

/** The alert of an objective whose budget burns: so fast that somebody is called, or so slowly that a ticket will do. */
export const burnAlertId = (pages: boolean) => (pages ? "ErrorBudgetBurnFast" : "ErrorBudgetBurnSlow");

/** The module of blackbox_exporter that makes one check. */
export const blackboxModule = (service: string, check: string) => `${service}-${check}`;
