import { guessTitle, textAt } from "./guess";
import { readHeadline, statusOfColor } from "./headline";
import { type Link, type Received, textReply } from "./message";
import { type SlackMessage, slackSchema } from "./slack-schema";
import { plainText } from "./slack-text";
import { bodyReader } from "./validate";

const read = bodyReader<SlackMessage>(slackSchema);

/**
 * An incoming webhook. Refusals are the words that Slack documents
 * (https://docs.slack.dev/changelog/2016/05/17/changes-to-errors-for-incoming-webhooks); the inbox says more.
 *
 * @param address the last part of the webhook's path: the channel, unless the message names another
 */
export function receiveSlack(body: string, address: string): Received {
  const checked = read(body);
  const raw = "violations" in checked ? checked.raw : checked.value;
  const to = textAt(raw, "channel") ?? `#${address}`;
  const refuse = (word: string, refused: string): Received => {
    const headline = readHeadline(guessTitle(raw));
    return {
      arrival: { channel: "slack", to, status: headline.status ?? "notice", title: headline.title, text: "", refused },
      reply: textReply(400, word),
    };
  };
  if ("violations" in checked) {
    const tooMany = checked.violations.some((line) => line.startsWith("attachments must have at most"));
    return refuse(tooMany ? "too_many_attachments" : "invalid_payload", checked.violations.join("; "));
  }
  const { text, blocks, attachments } = checked.value;
  if (!text && !blocks?.length && !attachments?.length) {
    return refuse("no_text", "it has neither text nor blocks nor attachments");
  }
  return { arrival: { channel: "slack", to, ...content(checked.value) }, reply: textReply(200, "ok") };
}

function content({ text, attachments = [] }: SlackMessage) {
  const heads = [text, ...attachments.flatMap(({ pretext, title }) => [pretext, title])]
    .map((line) => plainText(line ?? "").text)
    .filter((line) => line !== "");
  const bodies = attachments.map((attachment) => plainText(attachment.text ?? ""));
  const lines = [...heads, ...bodies.flatMap((body) => (body.text === "" ? [] : body.text.split("\n")))];
  const first = lines.find((line) => readHeadline(line).status !== undefined) ?? lines[0] ?? "(no text)";
  const headline = readHeadline(first);

  const fields = attachments.flatMap((attachment) => attachment.fields ?? []);
  const severity = fields.find(({ title }) => title?.toLowerCase() === "severity")?.value ?? headline.severity;
  const links: Link[] = [
    ...bodies.flatMap((body) => body.links),
    ...attachments.flatMap(({ actions = [], title_link }) =>
      [...actions, { text: "Open", url: title_link }].flatMap(({ text = "Open", url }) => (url ? [{ text, url }] : [])),
    ),
  ].filter(({ url }, index, all) => all.findIndex((link) => link.url === url) === index);
  return {
    status: headline.status ?? statusOfColor(attachments[0]?.color),
    ...(severity !== undefined && { severity }),
    title: headline.title,
    text: [
      ...lines.filter((line) => line !== first),
      ...fields.map(({ title, value }) => `${title ?? ""}: ${value ?? ""}`),
    ].join("\n"),
    key: headline.key,
    ...(links.length > 0 && { links }),
  };
}
