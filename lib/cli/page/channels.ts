import type { Channel, Environment } from "@watchbill/model";
import { heartbeatReceiver } from "../../backends/alertmanager/heartbeat";
import { called } from "../../backends/alertmanager/receiver";
import { fallback } from "../../backends/alertmanager/route";
import { channelName, namedChannel } from "../../channel-name";
import type { Integration } from "../../simulator";

/** Those that call the next one when nobody answers. */
const escalating = ["pagerduty", "opsgenie", "victorops", "incidentio"];
export const escalates = ({ kind }: Integration) => escalating.includes(kind);

/** Names a receiver's channel: `PagerDuty on-call`. */
export type ChannelName = (receiver: string, integration: Integration) => string;

/** As an alertmanager.yml tells. */
export const asConfigured: ChannelName = (_, { kind, target }) => namedChannel(kind, target);

/** As the environment declares its channels. */
export function asDeclared(environment: Environment): ChannelName {
  const channels = new Map<string, readonly Channel[]>();
  const add = (receiver: string, keys: readonly string[]) =>
    channels.set(
      receiver,
      keys.flatMap((key) => environment.channels[key] ?? []),
    );
  add(fallback, environment.notify.high);
  for (const { receiver, channels: keys } of called(environment)) add(receiver, keys);
  if (environment.heartbeat) channels.set(heartbeatReceiver, [environment.heartbeat]);
  return (receiver, integration) => {
    const channel = channels.get(receiver)?.filter(({ kind }) => kind === integration.kind)[integration.index];
    return channel ? channelName(channel) : asConfigured(receiver, integration);
  };
}
