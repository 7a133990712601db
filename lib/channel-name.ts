import type { Channel } from "@watchbill/model";

/** What people call the kinds of channel that are not called like their field in an alertmanager.yml. */
const kinds: Readonly<Record<string, string>> = {
  incidentio: "incident.io",
  msteams: "Microsoft Teams",
  msteamsv2: "Microsoft Teams",
  opsgenie: "Opsgenie",
  pagerduty: "PagerDuty",
  slack: "Slack",
  sns: "SNS",
  victorops: "VictorOps",
};

/** `PagerDuty on-call`; the kind alone where nothing says which one it is. */
export function namedChannel(kind: string, name: string | undefined): string {
  const known = kinds[kind] ?? kind;
  return name === undefined ? known : `${known} ${name}`;
}

function nameOf(channel: Channel): string {
  switch (channel.kind) {
    case "slack":
      return channel.channel;
    case "pagerduty":
      return channel.service;
    case "email":
      return channel.to;
    case "webhook":
      return channel.name;
  }
}

/** What a person would call a channel, wherever it is spoken of: `PagerDuty on-call`, `Slack #alerts`. */
export const channelName = (channel: Channel) => namedChannel(channel.kind, nameOf(channel));
