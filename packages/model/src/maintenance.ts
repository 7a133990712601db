import type { Hours } from "./calendar";
import { Place } from "./place";

/** Hours in which some services are worked on and nobody is called for them. */
export interface Maintenance<Name extends string = string> {
  /** Lower-case words: `db-upgrade`. Names the Alertmanager time interval and the Datadog downtime. */
  readonly name: string;
  /** IANA name, whose wall clock is meant. */
  readonly zone: string;
  /** Names of services of the environment. */
  readonly services: readonly Name[];
  readonly when: Once | Weekly;
  readonly place: Place;
}

/** `YYYY-MM-DDTHH:MM` on the wall clock; the end is exclusive. */
export interface Once {
  readonly kind: "once";
  readonly from: string;
  readonly to: string;
}
export interface Weekly extends Hours {
  readonly kind: "weekly";
}

/**
 * Declares maintenance: once, `{ from: "2026-12-01T22:00", to: "2026-12-02T02:00", zone, services: ["tickets"] }`, or
 * every week, `{ days: ["sunday"], from: "02:00", to: "04:00", zone, services: ["tickets"] }`.
 */
export function maintenance<const Name extends string>(
  name: string,
  declaration: { readonly zone: string; readonly services: readonly Name[] } & (Hours | Omit<Once, "kind">),
): Maintenance<Name> {
  const { zone, services, from, to } = declaration;
  const when: Maintenance["when"] =
    "days" in declaration ? { kind: "weekly", days: declaration.days, from, to } : { kind: "once", from, to };
  return { name, zone, services, when, place: Place.callerOf(maintenance) };
}
