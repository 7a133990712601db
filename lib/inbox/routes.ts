import { receiveHeartbeat } from "./heartbeat";
import type { Received } from "./message";
import { receivePagerDuty } from "./pagerduty";
import { receiveSlack } from "./slack";
import { receiveWebhook } from "./webhook";

/** A name in a path: a channel, a service, a webhook, a heartbeat. */
const name = "([\\w.@%-]{1,100})";

interface Route {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly receive: (body: string, name: string | undefined) => Received;
}

const routes: readonly Route[] = [
  { methods: ["POST"], path: new RegExp(`^/slack/${name}$`), receive: (body, to) => receiveSlack(body, to!) },
  { methods: ["POST"], path: new RegExp(`^/pagerduty(?:/${name})?/v2/enqueue$`), receive: receivePagerDuty },
  { methods: ["POST"], path: new RegExp(`^/webhook/${name}$`), receive: (body, to) => receiveWebhook(body, to!) },
  { methods: ["POST", "PUT"], path: new RegExp(`^/heartbeat/${name}$`), receive: (_body, to) => receiveHeartbeat(to!) },
];

/** What takes this request's body; undefined when no sender's address is like that. */
export function findReceiver(method: string, path: string): ((body: string) => Received) | undefined {
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null || !route.methods.includes(method)) continue;
    const to = match[1] === undefined ? undefined : decoded(match[1]);
    return (body) => route.receive(body, to);
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
