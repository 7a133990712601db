/**
 * An event for PagerDuty's Events API v2, from its published OpenAPI description
 * (https://github.com/PagerDuty/api-schema/blob/main/reference/events-v2/openapiv3.json). The lengths are not in it but
 * in the prose: https://developer.pagerduty.com/docs/events-api-v2-overview.
 */
export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: "trigger" | "acknowledge" | "resolve";
  readonly dedup_key?: string;
  readonly payload?: {
    readonly summary: string;
    readonly source: string;
    readonly severity: "critical" | "warning" | "error" | "info";
    readonly custom_details?: Readonly<Record<string, unknown>>;
  };
  readonly client?: string;
  readonly client_url?: string;
  readonly links?: readonly { readonly href: string; readonly text?: string }[];
}

const text = { type: "string" };
const address = { type: "string", format: "uri" };

const payload = {
  type: "object",
  required: ["summary", "source", "severity"],
  properties: {
    summary: { type: "string", minLength: 1, maxLength: 1024 },
    source: { type: "string", minLength: 1 },
    severity: { enum: ["critical", "warning", "error", "info"] },
    timestamp: { type: "string", format: "date-time" },
    component: text,
    group: text,
    class: text,
    custom_details: { type: "object" },
  },
};

export const pagerDutySchema = {
  type: "object",
  required: ["routing_key", "event_action"],
  properties: {
    routing_key: text,
    event_action: { enum: ["trigger", "acknowledge", "resolve"] },
    dedup_key: { type: "string", maxLength: 255 },
    client: text,
    client_url: address,
    links: { type: "array", items: { type: "object", required: ["href"], properties: { href: address, text } } },
    images: {
      type: "array",
      items: {
        type: "object",
        required: ["src"],
        properties: {
          src: { type: "string", pattern: "^https://", description: "an https address" },
          href: address,
          alt: text,
        },
      },
    },
  },
  allOf: [
    {
      if: { properties: { event_action: { const: "trigger" } }, required: ["event_action"] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword, nobody awaits a schema
      then: { required: ["payload"], properties: { payload } },
    },
    {
      if: { properties: { event_action: { enum: ["acknowledge", "resolve"] } }, required: ["event_action"] },
      // biome-ignore lint/suspicious/noThenProperty: the same
      then: { required: ["dedup_key"] },
    },
  ],
};

/** What the service's integration key has, no more and no less. */
export const routingKeyLength = 32;
