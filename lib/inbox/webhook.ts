import { guessTitle } from "./guess";
import { type Arrival, jsonReply, type Link, type Received } from "./message";
import { bodyReader } from "./validate";
import { type WebhookMessage, webhookSchema } from "./webhook-schema";

const read = bodyReader<WebhookMessage>(webhookSchema);

/** Annotations that hold an address, by the convention of the monitoring mixins, and how each link reads. */
const linkAnnotations = { runbook_url: "Runbook", dashboard_url: "Dashboard" };

/** Alertmanager's webhook. */
export function receiveWebhook(body: string, name: string): Received {
  const checked = read(body);
  if ("violations" in checked) {
    return {
      arrival: {
        channel: "webhook",
        to: name,
        status: "notice",
        title: guessTitle(checked.raw),
        text: "",
        refused: checked.violations.join("; "),
      },
      reply: jsonReply(400, { errors: checked.violations }),
    };
  }
  return { arrival: content(checked.value, name), reply: jsonReply(200, {}) };
}

function content(message: WebhookMessage, name: string): Arrival {
  const { commonLabels, commonAnnotations, alerts, truncatedAlerts = 0 } = message;
  const nameOf = (labels: Readonly<Record<string, string>>) => labels.alertname ?? "(no alertname)";
  const firing = alerts.filter(({ status }) => status === "firing").length;
  const what = commonAnnotations.summary ?? [...new Set(alerts.map(({ labels }) => nameOf(labels)))].join(", ");
  const links: Link[] = Object.entries(linkAnnotations).flatMap(([annotation, text]) => {
    const url = commonAnnotations[annotation];
    return url ? [{ text, url }] : [];
  });
  return {
    channel: "webhook",
    to: name,
    status: message.status,
    ...(commonLabels.severity !== undefined && { severity: commonLabels.severity }),
    title: firing > 1 ? `${what} ×${firing + truncatedAlerts}` : what,
    text: [...new Set(alerts.flatMap(({ annotations }) => annotations.description ?? []))].join("\n"),
    key: message.groupKey,
    alerts: alerts.map(({ status, labels, annotations, startsAt }) => {
      return { name: nameOf(labels), status, labels, annotations, startsAt };
    }),
    ...(links.length > 0 && { links }),
  };
}
