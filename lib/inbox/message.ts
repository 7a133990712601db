/** One thing that somebody was told, or would have been told had the sender not made a mistake. */
export interface Message {
  /** Unique in one inbox, and growing: "17" came before "18". */
  readonly id: string;
  /** When it arrived: ISO 8601, UTC. */
  readonly at: string;
  readonly channel: Channel;
  /** Whom it is for: "#alerts", PagerDuty's service, "team@example.com", the webhook's or the heartbeat's name. */
  readonly to: string;
  readonly status: Status;
  /** In the sender's own words: "critical", "error", "warning". */
  readonly severity?: string;
  /** One line, without the word that says its status. */
  readonly title: string;
  /** Plain text, with line breaks. */
  readonly text: string;
  /** What it is about: a resolution carries the key of what it resolves. Unique within channel and recipient. */
  readonly key?: string;
  readonly alerts?: readonly InboxAlert[];
  readonly links?: readonly Link[];
  /** Of a heartbeat: how many there were, and since when. */
  readonly beats?: { readonly count: number; readonly since: string };
  /** Why the real vendor would not take it; such a message reaches nobody. */
  readonly refused?: string;
}

export type Channel = "slack" | "pagerduty" | "email" | "webhook" | "heartbeat";
export type Status = "firing" | "resolved" | "notice";

/** One alert of a group, where the channel tells them apart. */
interface InboxAlert {
  readonly name: string;
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** A message as it arrives, before the store gives it its number and time. */
export type Arrival = Omit<Message, "id" | "at" | "beats">;

/** What the sender hears. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Media type of the body. */
  readonly type: string;
}

/** What a channel makes of a request: what the inbox keeps, and what the sender hears. */
export interface Received {
  readonly arrival: Arrival;
  readonly reply: Reply;
}

export const jsonReply = (status: number, body: unknown): Reply => ({
  status,
  body: JSON.stringify(body),
  type: "application/json",
});

export const textReply = (status: number, body: string): Reply => ({ status, body, type: "text/plain; charset=utf-8" });
