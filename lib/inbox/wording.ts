import type { Call } from "./calls";
import type { Message } from "./message";

/** Whom a message is for, in a few words: "Slack #alerts", "PagerDuty on-call", "team@example.com". */
export function whoOf({ channel, to }: Message): string {
  switch (channel) {
    case "slack":
      return `Slack ${to}`;
    case "pagerduty":
      return `PagerDuty ${to}`;
    case "email":
      return to;
    case "webhook":
    case "heartbeat":
      return `${channel} ${to}`;
  }
}

/** The word for what a call means, in capitals where somebody has to act. */
export function stateOf({ refused, status }: Message): "REFUSED" | "FIRING" | "resolved" | "notice" {
  if (refused !== undefined) return "REFUSED";
  return status === "firing" ? "FIRING" : status;
}

/** The severity that a call was sent with, where one of its messages says. */
export const severityOf = ({ messages }: Call): string | undefined =>
  messages.find(({ severity }) => severity !== undefined)?.severity;

/**
 * What there is to read below the title: why it was refused, else the text without what the title and the links, which
 * are listed beside it, say already.
 */
export function bodyOf({ refused, title, text, links = [] }: Message): string {
  if (refused !== undefined) return `It would not be taken: ${refused}.`;
  const labels = new Set(links.map((link) => link.text));
  return text
    .split("\n")
    .map((line) =>
      line
        .split(" · ")
        .filter((part) => !labels.has(part.trim()))
        .join(" · ")
        .trimEnd(),
    )
    .filter((line) => line !== "" && !title.includes(line.replace(/[.!]$/, "")))
    .join("\n");
}

/** What an inbox says in which nothing has arrived. */
export const emptyInbox = "Nobody has been called. Break something and watch: npm run break -- payments";
