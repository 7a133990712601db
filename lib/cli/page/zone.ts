import { calendarsUsed } from "../../backends/prometheus/calendar";
import type { CompiledEnvironment } from "../../compile";
import type { AlertmanagerConfig } from "../../simulator";

/** The only zone among them, or UTC. */
export function onlyZone(zones: readonly string[]): string {
  const [only = "UTC", ...others] = new Set(zones);
  return others.length > 0 ? "UTC" : only;
}

export const zonesOf = ({ timeIntervals }: AlertmanagerConfig) =>
  [...timeIntervals.values()].flat().map(({ clock }) => clock.name);

/** On whose clock times of an environment are asked and told: its routes' or else its calendars' zone, or UTC. */
export function zoneOf(config: AlertmanagerConfig, { services }: CompiledEnvironment): string {
  const zones = zonesOf(config);
  return onlyZone(zones.length > 0 ? zones : calendarsUsed(services).map(({ zone }) => zone));
}
