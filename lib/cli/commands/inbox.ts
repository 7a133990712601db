import { setTimeout as sleep } from "node:timers/promises";
import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { fetchMessages, formatInbox } from "../../inbox/show";
import { urlOf } from "../../runtime/ready";
import { stateFolder } from "../../runtime/state-folder";
import { environmentHere } from "../environment";
import { isTerminal } from "../print";
import { serversUp } from "../status";

/** Prints the messages that the local inbox got: who was called, when, about what. */
export async function inbox(name: string, { follow, json }: { follow?: boolean; json?: boolean }): Promise<number> {
  const url = inboxUrl(name);
  for (let shown = 0; ; await sleep(500)) {
    const messages = await fetchMessages(url);
    const fresh = messages.slice(shown);
    if (json) for (const message of fresh) console.log(JSON.stringify(message));
    else if (fresh.length > 0 || shown === 0) {
      console.log(formatInbox(fresh, { now: new Date(), color: isTerminal() }));
    }
    shown = Math.max(shown, messages.length);
    if (!follow) return 0;
  }
}

function inboxUrl(name: string): string {
  const servers = serversUp(environmentHere(name), stateFolder(name));
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
