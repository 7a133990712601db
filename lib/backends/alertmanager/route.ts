import {
  type Duration,
  type Environment,
  minutes,
  type Service,
  type SeverityMeaning,
  seconds,
  severityMeaning,
} from "@watchbill/model";
import { aftermathLabels } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { heartbeatRoutes } from "./heartbeat";
import { called, type Receiver } from "./receiver";
import { maintenanceRoutes, toldWhen } from "./time-interval";

/** Alertmanager's own defaults (https://prometheus.io/docs/alerting/latest/configuration/#route). */
const groupWait = seconds(30);
const groupInterval = minutes(5);

/** The receiver of what no route matches: an alert of somebody else's is told, not lost. */
export const fallback = "unrouted";

/** The receiver of what is there to inhibit: it tells nobody. */
const nobody = "nobody";

const hasAftermath = (services: readonly Service[]) =>
  services.some(({ watch }) => watch.some(({ alerts }) => alerts.some(({ down }) => down !== undefined)));

/** The receiver that such alerts need; none without one. */
export const inhibitorReceivers = (services: readonly Service[]): Receiver[] =>
  hasAftermath(services) ? [{ name: nobody }] : [];

/**
 * One route a severity, and before it one for each team with channels of its own. One notification speaks of one kind
 * of trouble in one service of one environment.
 */
export function routeTree(environment: Environment, services: readonly Service[]) {
  const time = (duration: Duration) => formatDuration(lapsed(environment, duration));
  return {
    receiver: fallback,
    group_by: ["environment", "service", "alertname"],
    group_wait: time(groupWait),
    group_interval: time(groupInterval),
    repeat_interval: time(severityMeaning.high.repeatEvery),
    routes: [
      ...heartbeatRoutes(environment, services),
      ...(hasAftermath(services) ? [{ matchers: [`priority="${aftermathLabels.priority}"`], receiver: nobody }] : []),
      ...called(environment).map(({ severity, priority, owner, receiver }) => {
        const meaning: SeverityMeaning = severityMeaning[severity];
        return {
          matchers: [`priority="${priority}"`, ...(owner === undefined ? [] : [`owner="${owner}"`])],
          receiver,
          // The first news is told at once: a group that waited for all would lose what has resolved meanwhile.
          ...(meaning.gatherFor && {
            group_by: ["environment", "service"],
            group_interval: time(meaning.gatherFor),
          }),
          repeat_interval: time(meaning.repeatEvery),
          ...toldWhen(environment, severity),
          ...maintenanceRoutes(environment, severity),
        };
      }),
    ],
  };
}
