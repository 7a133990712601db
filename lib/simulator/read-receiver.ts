import type { Node } from "yaml";
import type { Integration, Receiver } from "./config";
import type { Reading } from "./reading";

/**
 * The kinds of integration that Alertmanager 0.34 has, and whether they tell of what has resolved unless they say
 * otherwise (https://prometheus.io/docs/alerting/latest/configuration/).
 */
const sendsResolved: Readonly<Record<string, boolean>> = {
  discord: true,
  email: false,
  incidentio: true,
  jira: true,
  mattermost: true,
  msteams: true,
  msteamsv2: true,
  opsgenie: true,
  pagerduty: true,
  pushover: true,
  rocketchat: false,
  slack: false,
  sns: true,
  telegram: true,
  victorops: true,
  webex: true,
  webhook: true,
  wechat: false,
};

/** Where an integration says whom it tells; of addresses that may hold a secret, the host or the secret's file. */
const targets: readonly string[] = ["channel", "to", "service", "room_id", "routing_key_file", "service_key_file"];

const configsOf = (kind: string) => `${kind}_configs`;

function target(fields: ReadonlyMap<string, string>): string | undefined {
  for (const name of targets) {
    const text = fields.get(name);
    if (text !== undefined) return name.endsWith("_file") ? text.split("/").at(-1) : text;
  }
  const url = fields.get("url") ?? fields.get("webhook_url");
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}

function readIntegration(
  reading: Reading,
  node: Node | undefined,
  kind: string,
  index: number,
  path: string,
): Integration {
  const entries = reading.entries(node, path);
  const resolved = entries.find(([name]) => name === "send_resolved")?.[2];
  const texts = new Map(
    entries
      .filter(([name]) => targets.includes(name) || name === "url" || name === "webhook_url")
      .map(([name, , value]) => [name, reading.text(value, path) ?? ""] as const),
  );
  const told = target(texts);
  return {
    kind,
    index,
    sendResolved: reading.flag(resolved, path) ?? sendsResolved[kind] ?? true,
    ...(told !== undefined && { target: told }),
  };
}

/** The receivers, by name. Of their settings only those that decide whom they tell of what are looked at. */
export function readReceivers(reading: Reading, node: Node | undefined): ReadonlyMap<string, Receiver> {
  const receivers = new Map<string, Receiver>();
  const kinds = Object.keys(sendsResolved);
  for (const [index, item] of reading.list(node, "receivers").entries()) {
    const path = `receivers/${index + 1}`;
    const fields = reading.fields(item, path, ["name", "labels", ...kinds.map(configsOf)]);
    const name = reading.text(fields.name, path);
    if (!name) {
      reading.misplaced(item, path, "the receiver has no name", "give it one: `name: …`");
      continue;
    }
    if (receivers.has(name))
      reading.misplaced(item, path, `two receivers have the name "${name}"`, "rename one, or make one of both");
    const integrations = kinds.flatMap((kind) =>
      reading
        .list(fields[configsOf(kind)], path)
        .map((one, place) => readIntegration(reading, one, kind, place, `receivers/${name}`)),
    );
    receivers.set(name, { name, integrations });
  }
  return receivers;
}
