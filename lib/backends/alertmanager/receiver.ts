import {
  type Address,
  type Channel,
  type Environment,
  type Severity,
  severities,
  severityMeaning,
} from "@watchbill/model";

/** A receiver of Alertmanager's: a name and a list of configurations a kind. */
export type Receiver = { readonly name: string } & Readonly<Record<string, unknown>>;

/** PagerDuty's own severities, by ours (https://developer.pagerduty.com/docs/send-alert-event). */
const pagerdutySeverity = {
  critical: "critical",
  high: "error",
  medium: "warning",
  low: "info",
  info: "info",
} as const satisfies Record<Severity, string>;

/** Secrets are read from files; each runtime puts them into this folder beside alertmanager.yml. */
export const secretFile = (name: string) => `secrets/${name}`;

const addressAs = (key: string, address: Address) =>
  typeof address === "string" ? { [key]: address } : { [`${key}_file`]: secretFile(address.secret) };

const template = (name: string) => `{{ template "watchbill.${name}" . }}`;

/** Alertmanager's name for a kind of channel, and one channel's settings. */
export function configuration(channel: Channel, severity: Severity): [string, unknown] {
  switch (channel.kind) {
    case "slack":
      return [
        "slack_configs",
        {
          send_resolved: true,
          ...addressAs("api_url", channel.webhook),
          channel: channel.channel,
          color:
            '{{ if eq .Status "firing" }}{{ if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}{{ else }}good{{ end }}',
          fallback: template("title"),
          title: template("title"),
          title_link: template("link"),
          text: template("slack.text"),
          footer: "",
        },
      ];
    case "pagerduty":
      return [
        "pagerduty_configs",
        {
          send_resolved: true,
          ...addressAs("routing_key", channel.routingKey),
          ...(channel.url !== undefined && { url: channel.url }),
          severity: pagerdutySeverity[severity],
          description: template("title"),
          client: "Alertmanager",
          client_url: template("link"),
          class: "{{ .CommonLabels.alertname }}",
          component: "{{ .CommonLabels.service }}",
          group: "{{ .CommonLabels.environment }}",
          details: { what: template("text"), firing: "{{ .Alerts.Firing | len }}" },
          links: [{ href: template("runbook"), text: "Runbook" }],
        },
      ];
    case "email":
      return [
        "email_configs",
        {
          send_resolved: true,
          to: channel.to,
          headers: { Subject: template("title") },
          html: template("html"),
          text: template("text"),
        },
      ];
    case "webhook":
      return [
        "webhook_configs",
        {
          send_resolved: true,
          url: channel.url,
          ...(channel.token && {
            http_config: { authorization: { type: "Bearer", credentials_file: secretFile(channel.token.secret) } },
          }),
        },
      ];
  }
}

/** A receiver that tells these channels; none of them is a receiver that tells nobody. */
export function receiver(
  name: string,
  channels: readonly string[],
  severity: Severity,
  environment: Environment,
): Receiver {
  const configurations: Record<string, unknown[]> = {};
  for (const key of channels) {
    const channel = environment.channels[key];
    if (!channel) continue;
    const [kind, config] = configuration(channel, severity);
    configurations[kind] = [...(configurations[kind] ?? []), config];
  }
  return { name, ...configurations };
}

/** Whom a severity calls, and whom else when the alert is of a team with channels of its own. */
interface Called {
  readonly severity: Severity;
  readonly priority: string;
  /** Undefined: whatever the owner. */
  readonly owner?: string;
  readonly receiver: string;
  readonly channels: readonly string[];
}

/** Every receiver that the routes lead to, the owners' before the general ones of each severity. */
export function called(environment: Environment): readonly Called[] {
  return severities.flatMap((severity) => {
    const channels = environment.notify[severity] ?? [];
    const priority = `p${severityMeaning[severity].priority}`;
    const owners = Object.entries(environment.owners).map(([owner, own]) => ({
      severity,
      priority,
      owner,
      receiver: `${severity}-${owner}`,
      channels: [...new Set([...channels, ...own])],
    }));
    return [...owners, { severity, priority, receiver: severity, channels }];
  });
}
