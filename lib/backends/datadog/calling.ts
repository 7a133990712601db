import { type Channel, type Environment, kebab, type Service, type Severity, severityMeaning } from "@watchbill/model";
import type { Priority } from "./resources";

/** How Datadog calls a channel (https://docs.datadoghq.com/monitors/notify/#configure-notifications-and-automations). */
export function handleOf(channel: Channel): string {
  if (channel.datadog !== undefined) return channel.datadog;
  switch (channel.kind) {
    case "slack":
      return `@slack-${channel.channel.replace(/^#/, "")}`;
    case "pagerduty":
      return `@pagerduty-${channel.service}`;
    case "email":
      return `@${channel.to}`;
    case "webhook":
      return `@webhook-${channel.name}`;
  }
}

/** PagerDuty calls whoever is on duty, at night too; the others wait to be read. */
const isWaking = ({ kind }: Channel) => kind === "pagerduty";

const calledFor = ({ notify, owners, channels }: Environment, severity: Severity, owner: string) =>
  [...notify[severity], ...(owners[owner] ?? [])].flatMap((name) => channels[name] ?? []);

/** Whom a severity calls, and whom the service's owner wants told besides; without those that wake people, if need be. */
export function handles(environment: Environment, severity: Severity, owner: string, { wake = true } = {}): string {
  const called = calledFor(environment, severity, owner).filter((channel) => wake || !isWaking(channel));
  return [...new Set(called.map(handleOf))].join(" ");
}

/** Whether somebody is woken. */
export const wakesSomebody = (environment: Environment, severity: Severity, owner: string) =>
  calledFor(environment, severity, owner).some(isWaking);

/** Datadog's priorities begin at 1. */
export const priorityOf = (severity: Severity): Priority => (severityMeaning[severity].priority + 1) as Priority;

/** Minutes after which it is said again. */
export const renotifyInterval = (severity: Severity) => severityMeaning[severity].repeatEvery.value / 60;

/** Tags of everything that belongs to a service. */
export const serviceTags = ({ name, owner }: Service, environment: Environment) => [
  `env:${environment.name}`,
  "managed-by:watchbill",
  `service:${name}`,
  `team:${owner}`,
];

/** Tags of what tells an alert, by which downtimes and searches find it. */
export const alertTags = (service: Service, environment: Environment, id: string, severity: Severity) =>
  [...serviceTags(service, environment), `alert:${kebab(id)}`, `severity:${severity}`].sort();

/** What a part of a composite monitor is found by: it is no alert, and stands in no list of what is severe. */
export const partTags = (service: Service, environment: Environment) =>
  [...serviceTags(service, environment), "role:part"].sort();

/** Those who are called at once are told when it is still so; others read the same notification again. */
export const isUrgent = (severity: Severity) => severity === "critical" || severity === "high";
