import PostalMime from "postal-mime";
import { readHeadline } from "./headline";
import type { Arrival } from "./message";

/**
 * A mail as it came over SMTP.
 *
 * @param recipients of the envelope: whom it really goes to, whatever its header says
 */
export async function readEmail(raw: Buffer, recipients: readonly string[]): Promise<Arrival> {
  const mail = await PostalMime.parse(raw);
  const headline = readHeadline(mail.subject ?? "(no subject)");
  return {
    channel: "email",
    to: recipients.join(", "),
    status: headline.status ?? "notice",
    ...(headline.severity !== undefined && { severity: headline.severity }),
    title: headline.title,
    text: (mail.text ?? textOfHtml(mail.html ?? "")).trim(),
    key: headline.key,
  };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

/** What a mail with no plain part says, a line for each block; Alertmanager's own default is such a mail. */
function textOfHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->|<(head|style|script)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<(?:br|\/p|\/div|\/tr|\/td|\/li|\/h\d)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}
