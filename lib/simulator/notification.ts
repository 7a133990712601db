import type { Integration } from "./config";
import type { FiredAlert } from "./fired-alert";
import type { Labels } from "./labels";

/** Why a notification goes out, in Alertmanager's own order of asking. */
export type Reason = "first" | "new alerts" | "all resolved" | "some resolved" | "repeated";

/** One message of one receiver's, about one group of alerts. Times are in milliseconds since 1970. */
export interface Notification {
  readonly at: number;
  readonly receiver: string;
  /** Those of the receiver's that send exactly this; which tell of what resolved is theirs to say. */
  readonly integrations: readonly Integration[];
  /** As Alertmanager writes it: the route's matchers from the root down, and the group's labels. */
  readonly groupKey: string;
  readonly groupLabels: Labels;
  readonly reason: Reason;
  /** `resolved` when nothing of it fires any more. */
  readonly status: "firing" | "resolved";
  readonly firing: readonly FiredAlert[];
  readonly resolved: readonly FiredAlert[];
}

/** What holds an alert back. */
export type Held =
  | { readonly by: "inhibition"; readonly source: Labels }
  | { readonly by: "active time interval" | "mute time interval"; readonly names: readonly string[] }
  | { readonly by: "silence"; readonly silence: string };

/** A stretch in which an alert is not told to a receiver, though its group was about to tell. */
export interface Suppression {
  readonly alert: FiredAlert;
  readonly receiver: string;
  readonly groupKey: string;
  readonly held: Held;
  readonly from: number;
  /** When the group told of it, or forgot it since it had resolved; missing: held back still at the end. */
  readonly to?: number;
}

export interface SimulationResult {
  /** In the order in which they are sent. */
  readonly notifications: readonly Notification[];
  readonly suppressions: readonly Suppression[];
}
