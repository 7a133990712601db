import {
  above,
  absent,
  alert,
  alertmanagerServerMetrics,
  always,
  below,
  clockMetrics,
  count,
  type Duration,
  givenAtLeast,
  increase,
  largest,
  type Matchers,
  minutes,
  not,
  pack,
  panel,
  percent,
  prometheusServerMetrics,
  type Quantity,
  ratio,
  scrapeMetrics,
  seconds,
  skew,
  smallest,
  sum,
} from "@watchbill/model";

const { targetUp, scrapeDuration } = scrapeMetrics;
const { ruleFailures, ruleGroupDuration, ruleGroupInterval, alertsDropped, writesFailed } = prometheusServerMetrics;
const { prometheusConfigLoaded, storedSeries } = prometheusServerMetrics;
const { notifications, notificationsFailed, alertmanagerConfigLoaded } = alertmanagerServerMetrics;

const recently = { over: minutes(5) };
/** The age at which what was stored last is no longer fresh: several scrapes, and soon enough to call somebody. */
const fresh = minutes(2);
const targets = smallest(targetUp, { by: ["instance"] });
const jobs = largest(targetUp);
const failedRules = increase(ruleFailures, { ...recently, by: ["rule_group"] });
const groupLoad = ratio(
  largest(ruleGroupDuration, { by: ["rule_group"] }),
  largest(ruleGroupInterval, { by: ["rule_group"] }),
);
/** What Alertmanager did not take is sent again each minute: only what goes on and on is lost. */
const refused = increase(alertsDropped, { over: minutes(2) });
const dropped = increase(alertsDropped, recently);
const failedNotifications = increase(notificationsFailed, { ...recently, by: ["integration"] });

/** Alertmanager tries again for five minutes before it counts a failure, and then begins anew. */
const lately = { over: minutes(15), by: ["integration"] } as const;
const failingShare = (integration: Required<Matchers<typeof notifications.labels>>["integration"]) =>
  ratio(
    increase(notificationsFailed.where({ integration }), lately),
    increase(notifications.where({ integration }), lately),
  );
const failingPages = failingShare("pagerduty");
// The heartbeat goes out by webhook, three times a minute while it fails: it would outnumber all others.
const others = not(/pagerduty|webhook/);
const failingWebhooks = increase(notificationsFailed.where({ integration: "webhook" }), { over: minutes(6) });
const failedWrites = increase(writesFailed, recently);
const clockSkew = skew(clockMetrics.clock, { by: ["instance"] });

const where = { on: "monitoring" } as const;

/**
 * The watchers, watched: targets that can't be scraped, rules that fail or come late, alerts and notifications that get
 * lost, settings that were not taken, a disk that takes nothing more, and a clock that is off. What none of them could
 * tell, that nothing works at all, is told by the silence of `Watchdog`, which needs samples that are fresh.
 */
export function self({
  scrapeFailsFor = minutes(5),
  allScrapesFailFor = minutes(2),
  notificationsFail = percent(50),
  clockOff = seconds(1),
}: {
  /** How long a target must be gone. Default: 5 m. */
  readonly scrapeFailsFor?: Duration;
  /** How long all targets of a job must be gone: its alerts are blind, so somebody is woken. Default: 2 m. */
  readonly allScrapesFailFor?: Duration;
  /** Which share of the notifications by one kind of channel may fail within a quarter of an hour. Default: half of them. */
  readonly notificationsFail?: Quantity<"ratio">;
  /** How far a clock may be off. Default: 1 s. */
  readonly clockOff?: Duration;
} = {}) {
  return pack("self", {
    metrics: { ...scrapeMetrics, ...prometheusServerMetrics, ...alertmanagerServerMetrics, ...clockMetrics },
    alerts: [
      alert("Watchdog", {
        when: always(targetUp, { within: fresh }),
        severity: "info",
        summary: "Monitoring works.",
        description:
          "This fires always, as long as samples are stored: of {value} targets within {window}. Once it no longer arrives, nothing else would either.",
        nature: "cause",
      }),
      alert("TargetDown", {
        when: below(targets, count(1, "targets")),
        for: scrapeFailsFor,
        severity: "high",
        summary: "A target can't be scraped.",
        description: "{label:instance} of {label:job} gives no metrics: what is read from it can raise no alert.",
        panel: "scrape-targets",
      }),
      alert("AllTargetsDown", {
        when: below(jobs, count(1, "targets")),
        for: allScrapesFailFor,
        severity: "critical",
        summary: "A whole job can't be scraped.",
        description:
          "No target of {label:job} gives metrics (reachable: {value}): nothing that is read from it can raise an alert.",
        panel: "scrape-targets",
        outranks: ["TargetDown"],
      }),
      alert("RuleEvaluationFailing", {
        when: above(failedRules, count(0, "evaluations")),
        for: minutes(5),
        severity: "high",
        summary: "Rules fail.",
        description: "Evaluations of {label:rule_group} that failed in {window}: {value}. Its alerts can't fire.",
        panel: "rule-failures",
        nature: "cause",
      }),
      alert("RuleGroupSlow", {
        when: above(groupLoad, percent(80)),
        for: minutes(10),
        severity: "medium",
        summary: "A group of rules takes nearly all of its time.",
        description: "{label:rule_group} takes {value} of its interval; at 100% evaluations are left out.",
        panel: "rule-load",
        nature: "cause",
      }),
      alert("AlertsDropped", {
        when: above(refused, count(0, "alerts")),
        for: minutes(5),
        severity: "critical",
        summary: "Alerts do not reach Alertmanager.",
        description:
          "Alertmanager does not take what {label:job} sends, which is sent again each minute; refused in {window}: {value}. Nobody is told of those alerts until it does.",
        panel: "alerts-dropped",
        nature: "cause",
      }),
      alert("NotificationsFailing", {
        when: givenAtLeast(
          count(3, "notifications"),
          increase(notifications.where({ integration: others }), lately),
          above(failingShare(others), notificationsFail),
        ),
        severity: "high",
        summary: "Notifications do not get through.",
        description:
          "{value} of the notifications by {label:integration} failed in {window}; more than {threshold} is too many.",
        panel: "notifications-failing",
        nature: "cause",
      }),
      alert("PagesFailing", {
        // One is enough: whoever should have been woken five minutes ago still sleeps.
        when: above(failingPages, notificationsFail),
        severity: "critical",
        summary: "Pages do not get through.",
        description: "{value} of the pages by {label:integration} failed in {window}: whoever is on call sleeps.",
        runbook: "notifications-failing",
        panel: "notifications-failing",
        nature: "cause",
      }),
      alert("WebhooksFailing", {
        when: above(failingWebhooks, count(0, "notifications")),
        for: minutes(15),
        severity: "high",
        summary: "Webhooks do not get through.",
        description: "Failed notifications by webhook in {window}: {value}. The heartbeat is one of them.",
        runbook: "notifications-failing",
        panel: "notifications-failed",
        nature: "cause",
      }),
      alert("PrometheusConfigStale", {
        when: below(smallest(prometheusConfigLoaded, { by: ["instance"] }), count(1, "reloads")),
        for: minutes(5),
        severity: "high",
        summary: "Prometheus did not take its new configuration.",
        description: "{label:instance} refused what it was given last, and goes on with what it had before.",
        panel: "config-loaded",
        nature: "cause",
      }),
      alert("AlertmanagerConfigStale", {
        when: below(smallest(alertmanagerConfigLoaded, { by: ["instance"] }), count(1, "reloads")),
        for: minutes(5),
        severity: "high",
        summary: "Alertmanager did not take its new configuration.",
        description: "{label:instance} refused what it was given last, and goes on with what it had before.",
        panel: "config-loaded",
        nature: "cause",
      }),
      alert("PrometheusWritesFailing", {
        when: above(failedWrites, count(0, "writes")),
        severity: "critical",
        summary: "Prometheus can't store what it scrapes.",
        description: "Writes of {label:job} that failed in {window}: {value}. Its disk is nearly full, or broken.",
        panel: "writes-failed",
        nature: "cause",
      }),
      // Where no write succeeds at all, the failures aren't stored either: that nothing came is all that is left to see.
      alert("PrometheusStoresNothing", {
        when: absent(targetUp, { over: fresh }),
        for: minutes(1),
        severity: "critical",
        summary: "Prometheus stores nothing any more.",
        description:
          "Not one sample of any target was stored in {window} (value {value}): no other alert can fire. Its disk is full or broken.",
        panel: "scrape-targets",
        nature: "cause",
        outranks: ["PrometheusWritesFailing"],
      }),
      alert("ClockOff", {
        when: above(clockSkew, clockOff),
        for: minutes(5),
        keepFiring: minutes(5),
        severity: "medium",
        summary: "A clock is off.",
        description:
          "The clock of {label:instance} and that of Prometheus are {value} apart; the limit is {threshold}.",
        panel: "clock-skew",
        nature: "cause",
      }),
    ],
    panels: [
      panel("scrape-targets", {
        title: "Targets",
        description: "Whether each target answers. An exporter that answers says nothing of what it exports.",
        ...where,
        section: "Scrapes",
        as: "states",
        series: [{ legend: "{job} {instance}", of: targets }],
      }),
      panel("scrape-duration", {
        title: "Time of scrapes",
        description: "How long each target takes to answer. What takes longer than the time-out counts as down.",
        ...where,
        section: "Scrapes",
        series: [{ legend: "{job} {instance}", of: largest(scrapeDuration, { by: ["instance"] }) }],
      }),
      panel("rule-failures", {
        title: "Failed evaluations",
        description: "Evaluations of rules that failed, by group. An alert whose rule fails can't fire.",
        ...where,
        section: "Rules",
        series: [{ legend: "{rule_group}", of: failedRules }],
      }),
      panel("rule-load", {
        title: "Load of rule groups",
        description: "Share of its interval that a group of rules takes.",
        ...where,
        section: "Rules",
        series: [{ legend: "{rule_group}", of: groupLoad }],
      }),
      panel("notifications-sent", {
        title: "Notifications",
        description: "Notifications that Alertmanager was to send, by the kind of channel.",
        ...where,
        section: "Notifications",
        series: [{ legend: "{integration}", of: increase(notifications, { ...recently, by: ["integration"] }) }],
      }),
      panel("notifications-failed", {
        title: "Notifications that failed",
        description: "Notifications that did not get through, by the kind of channel.",
        ...where,
        section: "Notifications",
        series: [{ legend: "{integration}", of: failedNotifications }],
      }),
      panel("notifications-failing", {
        title: "Share of notifications that failed",
        description:
          "Of the notifications of a quarter of an hour, those that did not get through, by the kind of channel.",
        ...where,
        section: "Notifications",
        series: [
          {
            legend: "{integration}",
            of: ratio(increase(notificationsFailed, lately), increase(notifications, lately)),
          },
        ],
      }),
      panel("alerts-dropped", {
        title: "Alerts refused",
        description: "Alerts that Alertmanager did not take. They are sent again each minute.",
        ...where,
        section: "Notifications",
        series: [{ legend: "refused", of: dropped }],
      }),
      panel("config-loaded", {
        title: "Configuration taken",
        description: "Whether each server runs on what it was given last, or refused that.",
        ...where,
        section: "Servers",
        as: "states",
        series: [
          { legend: "Prometheus {instance}", of: smallest(prometheusConfigLoaded, { by: ["instance"] }) },
          { legend: "Alertmanager {instance}", of: smallest(alertmanagerConfigLoaded, { by: ["instance"] }) },
        ],
      }),
      panel("writes-failed", {
        title: "Failed writes",
        description: "Writes to Prometheus' log that failed. What was scraped then is lost.",
        ...where,
        section: "Servers",
        series: [{ legend: "failed", of: failedWrites }],
      }),
      panel("stored-series", {
        title: "Series",
        description:
          "Series that Prometheus keeps in memory. A sudden rise means that somebody has a label without bounds.",
        ...where,
        section: "Servers",
        series: [{ legend: "series", of: sum(storedSeries) }],
      }),
      panel("clock-skew", {
        title: "Clocks",
        description: "How far the clocks of the machines and that of Prometheus are apart.",
        ...where,
        section: "Servers",
        series: [{ legend: "{instance}", of: clockSkew }],
      }),
    ],
  });
}
