import { type Duration, type Environment, minutes, seconds, severityMeaning } from "@watchbill/model";
import { formatDuration, lapsed } from "../../lapse";
import { called } from "./receiver";

/** Alertmanager's own defaults (https://prometheus.io/docs/alerting/latest/configuration/#route). */
const groupWait = seconds(30);
const groupInterval = minutes(5);

/** The receiver of what no route matches: an alert of somebody else's is told, not lost. */
export const fallback = "unrouted";

/**
 * One route a severity, and before it one for each team with channels of its own. One notification speaks of one kind
 * of trouble in one service of one environment.
 */
export function routeTree(environment: Environment) {
  const time = (duration: Duration) => formatDuration(lapsed(environment, duration));
  return {
    receiver: fallback,
    group_by: ["environment", "service", "alertname"],
    group_wait: time(groupWait),
    group_interval: time(groupInterval),
    repeat_interval: time(severityMeaning.high.repeatEvery),
    routes: called(environment).map(({ severity, priority, owner, receiver }) => {
      const hours = environment.hours[severity];
      return {
        matchers: [`priority="${priority}"`, ...(owner === undefined ? [] : [`owner="${owner}"`])],
        receiver,
        repeat_interval: time(severityMeaning[severity].repeatEvery),
        ...(hours && { active_time_intervals: [hours.name] }),
      };
    }),
  };
}
