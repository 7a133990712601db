/**
 * What Alertmanager sends to a webhook, version 4:
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. Later versions only add to it.
 */
export interface WebhookMessage {
  readonly groupKey: string;
  readonly truncatedAlerts?: number;
  readonly status: "firing" | "resolved";
  readonly receiver: string;
  readonly groupLabels: Labels;
  readonly commonLabels: Labels;
  readonly commonAnnotations: Labels;
  readonly externalURL: string;
  readonly alerts: readonly {
    readonly status: "firing" | "resolved";
    readonly labels: Labels;
    readonly annotations: Labels;
    readonly startsAt: string;
    readonly generatorURL: string;
  }[];
}
export type Labels = Readonly<Record<string, string>>;

const labels = { type: "object", additionalProperties: { type: "string" } };
const status = { enum: ["firing", "resolved"] };
const time = { type: "string", format: "date-time" };
const text = { type: "string" };

const alert = {
  type: "object",
  required: ["status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"],
  properties: {
    status,
    labels,
    annotations: labels,
    startsAt: time,
    endsAt: time,
    generatorURL: text,
    fingerprint: text,
  },
};

export const webhookSchema = {
  type: "object",
  required: [
    "version",
    "groupKey",
    "status",
    "receiver",
    "groupLabels",
    "commonLabels",
    "commonAnnotations",
    "externalURL",
    "alerts",
  ],
  properties: {
    version: { const: "4" },
    groupKey: text,
    truncatedAlerts: { type: "integer", minimum: 0 },
    status,
    receiver: text,
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: labels,
    externalURL: text,
    alerts: { type: "array", minItems: 1, items: alert },
  },
};
