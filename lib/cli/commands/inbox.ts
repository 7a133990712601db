import { setTimeout as sleep } from "node:timers/promises";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { fetchMessages } from "../../inbox/client";
import { formatInbox } from "../../inbox/show";
import { urlOf } from "../../runtime/ready";
import { stateFolder } from "../../runtime/state-folder";
import { environmentHere } from "../environment";
import { isTerminal } from "../print";
import { serversUp } from "../status";

interface InboxOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** Prints what the local inbox got: who was called, when, about what. */
export async function inbox(name: string, options: InboxOptions): Promise<number> {
  const url = await inboxUrl(name);
  if (options.follow) return follow(url, options);
  const fetched = await fetchMessages(url);
  if ("problem" in fetched) return say(fetched.problem);
  const { messages } = fetched;
  console.log(options.json ? JSON.stringify(messages, null, 2) : table(messages));
  return 0;
}

/** Until it is interrupted. A terminal is drawn anew; elsewhere only what is new is printed, as JSON a line each. */
async function follow(url: string, { json }: InboxOptions): Promise<number> {
  for (let last: string | undefined; ; await sleep(500)) {
    const redraw = isTerminal() && !json;
    const fetched = await fetchMessages(url, redraw ? undefined : last);
    if ("problem" in fetched) return say(fetched.problem);
    const { messages } = fetched;
    const newest = messages.at(-1)?.id;
    if (last !== undefined && (newest === undefined || newest === last)) continue;
    last = newest ?? "0";
    if (json) for (const message of messages) console.log(JSON.stringify(message));
    else console.log(`${redraw ? clearScreen : ""}${table(messages)}`);
  }
}

const clearScreen = "\x1b[2J\x1b[H";

type Messages = Parameters<typeof formatInbox>[0];
const table = (messages: Messages) => formatInbox(messages, { now: new Date(), color: isTerminal() });

function say(problem: string): number {
  console.error(problem);
  return 1;
}

async function inboxUrl(name: string): Promise<string> {
  const servers = await serversUp(environmentHere(name), stateFolder(name));
  const url = urlOf(servers.find((server) => server.name === "inbox") ?? { ports: {} });
  if (url !== undefined) return url;
  const diagnostic: Diagnostic = {
    code: "no-inbox",
    severity: "error",
    path: name,
    message: "no inbox is up here",
    hint: "npm run up",
  };
  throw new DiagnosticsError([diagnostic]);
}
