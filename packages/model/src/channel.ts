import { Place } from "./place";

/** A secret, by the name of the file that holds it on the machine that needs it; its value is never in the code. */
export interface Secret {
  readonly secret: string;
}
/** Names a secret: kebab-case, a file name below the environment's secrets folder. */
export const secret = (name: string): Secret => ({ secret: name });

/** A secret address or, on the local machine only, an address written out. */
export type Address = Secret | string;

/** A way to reach people. */
export type Channel = SlackChannel | PagerDutyChannel | EmailChannel | WebhookChannel;

interface Common {
  /** How Datadog calls this channel: `@slack-alerts`. Default: derived from the kind and name. */
  readonly datadog?: string;
  readonly place: Place;
}
export interface SlackChannel extends Common {
  readonly kind: "slack";
  /** With its hash: `#alerts`. */
  readonly channel: string;
  /** Incoming webhook. */
  readonly webhook: Address;
}
export interface PagerDutyChannel extends Common {
  readonly kind: "pagerduty";
  /** PagerDuty's service. */
  readonly service: string;
  /** Integration key of the Events API v2; written out only on the local machine. */
  readonly routingKey: Secret | string;
  /** Default: PagerDuty's own. */
  readonly url?: string;
}
export interface EmailChannel extends Common {
  readonly kind: "email";
  readonly to: string;
}
export interface WebhookChannel extends Common {
  readonly kind: "webhook";
  readonly name: string;
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: Secret;
}

type Options<C extends Channel> = Omit<C, "kind" | "place" | "channel" | "service" | "to" | "name">;

export function slack(channel: string, options: Options<SlackChannel>): SlackChannel {
  return { kind: "slack", channel, ...options, place: Place.callerOf(slack) };
}
export function pagerduty(service: string, options: Options<PagerDutyChannel>): PagerDutyChannel {
  return { kind: "pagerduty", service, ...options, place: Place.callerOf(pagerduty) };
}
export function email(to: string, options: Options<EmailChannel> = {}): EmailChannel {
  return { kind: "email", to, ...options, place: Place.callerOf(email) };
}
export function webhook(name: string, options: Options<WebhookChannel>): WebhookChannel {
  return { kind: "webhook", name, ...options, place: Place.callerOf(webhook) };
}

/** How the mail leaves; needed where a channel is email. */
export interface MailServer {
  /** `host:port`. */
  readonly smarthost: string;
  readonly from: string;
  readonly username?: string;
  readonly password?: Secret;
  /** Refuse to send without TLS. Default: true. */
  readonly requireTls?: boolean;
}
