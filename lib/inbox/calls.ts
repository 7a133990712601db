import type { Channel, Message, Status } from "./message";

/** One piece of news, and everybody who was told it. */
export interface Call {
  readonly status: Status;
  readonly title: string;
  /** At least one; the first came first. */
  readonly messages: readonly [Message, ...Message[]];
}

/** The channels of one call are told within seconds of one another; a repetition comes minutes later. */
const togetherSeconds = 60;

/** Whose words are shown when several channels say the same: Slack's are written to be read at a glance. */
const wordiness: readonly Channel[] = ["slack", "webhook", "email", "pagerduty", "heartbeat"];

/** Messages as calls: what says the same at about the same time to several people is one. Heartbeats call nobody. */
export function callsOf(messages: readonly Message[]): readonly Call[] {
  const calls: { status: Status; title: string; messages: [Message, ...Message[]] }[] = [];
  for (const message of messages) {
    if (message.channel === "heartbeat") continue;
    const { status, title, refused } = message;
    const same = calls.findLast((call) => {
      const [first] = call.messages;
      const together = Date.parse(message.at) - Date.parse(first.at) < togetherSeconds * 1000;
      return together && call.status === status && call.title === title && first.refused === refused;
    });
    const again = same?.messages.some(({ channel, to }) => channel === message.channel && to === message.to);
    if (same === undefined || again) calls.push({ status, title, messages: [message] });
    else same.messages.push(message);
  }
  return calls;
}

/** The message of a call that a person would rather read. */
export const wordsOf = ({ messages }: Call): Message =>
  [...messages]
    .sort((a, b) => wordiness.indexOf(a.channel) - wordiness.indexOf(b.channel))
    .find(({ text }) => text !== "") ?? messages[0];
