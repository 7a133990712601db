import type { Matcher } from "./matcher";
import type { TimeInterval } from "./time-interval";

/** One way of a receiver's to tell: an entry of its `slack_configs`, `email_configs` and so on. */
export interface Integration {
  /** `slack`, `pagerduty`, `email`, `webhook` and so on: the list's name without `_configs`. */
  readonly kind: string;
  /** Its place in that list. */
  readonly index: number;
  readonly sendResolved: boolean;
  /** Whom it tells as far as the file says so without a secret: a channel, an address, the name of a key's file. */
  readonly target?: string;
}

export interface Receiver {
  readonly name: string;
  /** None: it tells nobody. */
  readonly integrations: readonly Integration[];
}

/** A node of the routing tree, with all that it takes over from those above. Times are in milliseconds. */
export interface Route {
  readonly matchers: readonly Matcher[];
  readonly receiver: string;
  /** `all`: `["..."]`, each alert is a group of its own. */
  readonly groupBy: readonly string[] | "all";
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
  /** Names of time intervals; not taken over from above. */
  readonly mute: readonly string[];
  readonly active: readonly string[];
  readonly continue: boolean;
  readonly routes: readonly Route[];
  /** Its matchers and those of all above, as in a group's key: `{}/{priority="p0"}`. */
  readonly key: string;
}

export interface InhibitRule {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

/** What of an alertmanager.yml decides who is told when. */
export interface AlertmanagerConfig {
  readonly route: Route;
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: ReadonlyMap<string, readonly TimeInterval[]>;
}
