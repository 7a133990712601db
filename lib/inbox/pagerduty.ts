import { randomUUID } from "node:crypto";
import { guessTitle, textAt } from "./guess";
import { readHeadline } from "./headline";
import { type Arrival, jsonReply, type Link, type Received } from "./message";
import { type PagerDutyEvent, pagerDutySchema, routingKeyLength } from "./pagerduty-schema";
import { bodyReader } from "./validate";

const read = bodyReader<PagerDutyEvent>(pagerDutySchema);

const statusOfAction = { trigger: "firing", acknowledge: "notice", resolve: "resolved" } as const;

/**
 * Events API v2, `enqueue`: answers as https://developer.pagerduty.com/docs/send-alert-event says.
 *
 * @param service the service's name where the path has one; the real address has none
 */
export function receivePagerDuty(body: string, service: string | undefined): Received {
  const checked = read(body);
  if ("violations" in checked) return refuse(checked.raw, service, checked.violations);
  const event = checked.value;
  if (event.routing_key.length !== routingKeyLength) {
    const wrong = `Length of 'routing_key' is incorrect (should be ${routingKeyLength} characters)`;
    return refuse(event, service, [wrong]);
  }
  const dedupKey = event.dedup_key || randomUUID().replaceAll("-", "");
  return {
    arrival: content({ ...event, dedup_key: dedupKey }, service),
    reply: jsonReply(202, { status: "success", message: "Event processed", dedup_key: dedupKey }),
  };
}

function refuse(event: unknown, service: string | undefined, errors: readonly string[]): Received {
  const headline = readHeadline(guessTitle(event));
  return {
    arrival: {
      channel: "pagerduty",
      to: service ?? keyName(textAt(event, "routing_key") ?? "?"),
      status: headline.status ?? "notice",
      title: headline.title,
      text: "",
      refused: errors.join("; "),
    },
    reply: jsonReply(400, { status: "invalid event", message: "Event object is invalid", errors }),
  };
}

function content(event: PagerDutyEvent, service: string | undefined): Arrival {
  const { payload, links = [], client, client_url } = event;
  const headline = readHeadline(payload?.summary ?? `${event.event_action} ${event.dedup_key}`);
  const all: Link[] = [
    ...links.map(({ href, text }) => ({ text: text || href, url: href })),
    ...(client_url ? [{ text: client || client_url, url: client_url }] : []),
  ];
  return {
    channel: "pagerduty",
    to: service ?? keyName(event.routing_key),
    status: statusOfAction[event.event_action],
    ...(payload && { severity: payload.severity }),
    title: event.event_action === "acknowledge" ? `acknowledged: ${headline.title}` : headline.title,
    text: details(payload?.custom_details ?? {}),
    ...(event.dedup_key && { key: event.dedup_key }),
    ...(all.length > 0 && { links: all }),
  };
}

/** A routing key is a secret: enough of it to tell two apart, and no more. */
const keyName = (key: string): string => `key …${key.slice(-4)}`;

/** Details with more than a line first, without their name: they are the message; figures follow. */
function details(custom: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(custom).flatMap(([name, value]) => {
    const text = (typeof value === "string" ? value : JSON.stringify(value)).trim();
    if (text === "") return [];
    return text.includes("\n") ? { long: true, text } : { long: false, text: `${name}: ${text}` };
  });
  return [...entries.filter(({ long }) => long), ...entries.filter(({ long }) => !long)]
    .map(({ text }) => text)
    .join("\n");
}
