import { type Call, callsOf, wordsOf } from "./calls";
import type { Link, Message } from "./message";
import { stillFiring } from "./still-firing";
import { summary } from "./summary";
import { ago, clock } from "./times";
import { bodyOf, emptyInbox, severityOf, stateOf, whoOf } from "./wording";

const refreshSeconds = 5;
/** Calls on the page. */
const mostCalls = 200;

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
article { border-top: 1px solid var(--line); padding: .8rem 0; display: grid; gap: 0 1rem;
  grid-template-columns: 7rem 11rem 5.5rem 1fr; }
article p { margin: 0; overflow-wrap: anywhere; }
.text { white-space: pre-line; }
small { opacity: .65; display: block; }
.FIRING, .bad { color: #d1242f; font-weight: 600; } .REFUSED, .warning { color: #b26a00; font-weight: 600; }
.resolved, .good { color: #1a7f37; } .notice, .quiet { opacity: .65; }
@media (max-width: 40rem) { article { grid-template-columns: 1fr; } }
`;

/** The inbox as a web page that refreshes itself, the newest call first. */
export function inboxPage(messages: readonly Message[], now: Date): string {
  const calls = callsOf(messages).slice(-mostCalls).reverse();
  const standing = summary(messages, now).map(({ text, tone }) => `<p class="${tone}">${html(text)}</p>`);
  const firing = stillFiring(messages).length;
  const articles = calls.map((call) => article(call, now));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${refreshSeconds}">
<title>${firing > 0 ? `(${firing}) ` : ""}Inbox</title>
<style>${style}</style>
<h1>Who was called, when, about what</h1>
${standing.join("\n")}
${articles.length > 0 ? articles.join("\n") : `<p>${html(emptyInbox)}</p>`}
</html>
`;
}

function article(call: Call, now: Date): string {
  const [first] = call.messages;
  const words = wordsOf(call);
  const at = new Date(first.at);
  const state = stateOf(first);
  const who = call.messages.map((message) => html(whoOf(message))).join("<br>");
  const links = (words.links ?? []).flatMap(link).join(" · ");
  return `<article>
<p><time datetime="${html(first.at)}">${clock(at, now)}</time><small>${ago(at, now)}</small></p>
<p>${who}</p>
<p class="${state}">${state}<small>${html(severityOf(call) ?? "")}</small></p>
<div><p><b>${html(call.title)}</b></p><p class="text">${html(bodyOf(words))}</p><p>${links}</p></div>
</article>`;
}

/** Only what leads to a page: a sender may write any address. */
const link = ({ text, url }: Link): string[] =>
  /^https?:/.test(url) ? [`<a href="${html(url)}" rel="noreferrer">${html(text)}</a>`] : [];

const html = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
