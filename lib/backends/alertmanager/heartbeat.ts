import { type Environment, minutes, type Service } from "@watchbill/model";
import { formatDuration, lapsed } from "../../lapse";
import { configuration, type Receiver } from "./receiver";

/** The receiver of what fires always. */
export const heartbeatReceiver = "heartbeat";

const every = minutes(1);

/**
 * What fires always goes to the environment's heartbeat and nowhere else. A notification is repeated at the first end of
 * a group interval after the repeat interval: at three of 20 s, since the third is sure to lie behind 50 s.
 */
export function heartbeatRoutes(environment: Environment, services: readonly Service[]) {
  if (!environment.heartbeat) return [];
  const part = (share: number) => formatDuration(lapsed(environment, { ...every, value: every.value * share }));
  return services.flatMap(({ name, watch }) =>
    watch
      .flatMap(({ alerts }) => alerts.filter(({ when }) => when.test.op === "always"))
      .map(({ id }) => ({
        matchers: [`service="${name}"`, `alertname="${id}"`],
        receiver: heartbeatReceiver,
        group_wait: "0s",
        group_interval: part(1 / 3),
        repeat_interval: part(5 / 6),
      })),
  );
}

/** The receiver that the heartbeat needs; none without one. */
export function heartbeatReceivers({ heartbeat }: Environment): Receiver[] {
  if (!heartbeat) return [];
  const [kind, config] = configuration(heartbeat, "info");
  // That it ended is for its silence to say.
  return [{ name: heartbeatReceiver, [kind]: [{ ...(config as object), send_resolved: false }] }];
}
