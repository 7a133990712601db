/**
 * A message to an incoming webhook, as Slack documents it:
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks for the payload,
 * https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments for attachments. Slack passes
 * over properties that it does not know.
 */
export interface SlackMessage {
  readonly channel?: string;
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly SlackAttachment[];
}

interface SlackAttachment {
  readonly fallback?: string;
  readonly color?: string;
  readonly pretext?: string;
  readonly title?: string;
  readonly title_link?: string;
  readonly text?: string;
  readonly fields?: readonly { readonly title?: string; readonly value?: string; readonly short?: boolean }[];
  readonly actions?: readonly { readonly text?: string; readonly url?: string }[];
}

const text = { type: "string" };
/** Alertmanager sends an empty string for an address that is not configured, and Slack takes it. */
const address = { type: "string", format: "uri-or-empty" };

const attachment = {
  type: "object",
  properties: {
    fallback: text,
    color: {
      type: "string",
      pattern: "^(|good|warning|danger|#?[0-9a-fA-F]{3}|#?[0-9a-fA-F]{6})$",
      description: "good, warning, danger or a colour such as #36a64f",
    },
    pretext: text,
    author_name: text,
    author_link: address,
    title: text,
    title_link: address,
    text,
    fields: {
      type: "array",
      items: { type: "object", properties: { title: text, value: text, short: { type: "boolean" } } },
    },
    actions: {
      type: "array",
      maxItems: 5,
      items: {
        type: "object",
        required: ["type", "text"],
        properties: { type: { enum: ["button", "select"] }, text, url: address },
      },
    },
    image_url: address,
    thumb_url: address,
    footer: { type: "string", maxLength: 300 },
    ts: { type: ["integer", "string"] },
    mrkdwn_in: { type: "array", items: text },
  },
};

export const slackSchema = {
  type: "object",
  properties: {
    channel: { type: "string", minLength: 1 },
    username: text,
    icon_emoji: text,
    icon_url: address,
    link_names: { type: ["boolean", "integer"] },
    text,
    blocks: { type: "array", maxItems: 50, items: { type: "object", required: ["type"] } },
    attachments: { type: "array", maxItems: 100, items: attachment },
  },
};
