import type { Link } from "./message";

/**
 * Slack's markup as a person reads it (https://docs.slack.dev/messaging/formatting-message-text): a link keeps its
 * label, and its address is listed beside the text.
 */
export function plainText(markup: string): { readonly text: string; readonly links: readonly Link[] } {
  const links: Link[] = [];
  const text = markup
    .replace(/<(https?:[^|>]+)(?:\|([^>]*))?>/g, (_all, url: string, label = url) => {
      links.push({ text: literal(label), url: literal(url) });
      return label;
    })
    .replace(/(^|\s)([*_~])(\S(?:.*?\S)?)\2(?=\s|[.,:;!?]|$)/gm, "$1$3");
  return { text: literal(text).trim(), links };
}

/** Slack escapes these three characters and no other. */
const literal = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
