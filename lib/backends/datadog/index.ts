import type { Diagnostic, Environment, Severity } from "@watchbill/model";
import { deferred, merged } from "../../deferred";
import { toJson } from "../../json";
import type { Backend } from "../backend";
import { agentFiles } from "./agent";
import { maintenanceDowntimes, offHoursDowntime } from "./downtime";
import type { DatadogResourceSet, Downtime, Keyed } from "./resources";
import { sameKeys } from "./same-keys";
import { serviceResources } from "./service";

export type DatadogData = DatadogResourceSet;

const byKey = <T extends Keyed>(resources: readonly T[]): readonly T[] =>
  [...resources].sort((a, b) => (a.key < b.key ? -1 : 1));

/** Severities that are told in some hours only, and wait for the next ones. */
const hourDowntimes = ({ name, hours }: Environment): readonly Downtime[] =>
  (Object.entries(hours) as [Severity, (typeof hours)[Severity]][]).flatMap(([severity, calendar]) =>
    calendar
      ? offHoursDowntime(
          `hours-${severity}`,
          { tags: [`env:${name}`, "managed-by:watchbill", `severity:${severity}`] },
          `What is of severity ${severity} in ${name} waits for ${calendar.name}.`,
          { calendar, settled: { value: 0, unit: "seconds" } },
        )
      : [],
  );

/** A monitor's shortest window is a minute, so nothing can be sped up. */
const lapse = ({ name, lapse, place }: Environment): readonly Diagnostic[] =>
  lapse === 1
    ? []
    : [
        {
          code: "datadog-inexpressible",
          severity: "error",
          path: name,
          at: place,
          message: `Datadog can't express a time lapse of ${lapse}`,
          hint: `leave datadog out of the backends of ${name}, or let its time run as it does`,
        },
      ];

/** Monitors, downtimes, dashboards, checks from outside and objectives, and the Agent's configuration. */
export const datadog: Backend<DatadogData> = ({ environment, services }) => {
  const parts = services.map((service) => serviceResources(environment, service));
  const all = <T extends Keyed>(of: (data: DatadogResourceSet) => readonly T[], ...more: readonly T[]) =>
    byKey([...parts.flatMap(({ data }) => of(data)), ...more]);
  const data: DatadogData = {
    monitors: all(({ monitors }) => monitors),
    downtimes: all(({ downtimes }) => downtimes, ...hourDowntimes(environment), ...maintenanceDowntimes(environment)),
    dashboards: all(({ dashboards }) => dashboards),
    syntheticsTests: all(({ syntheticsTests }) => syntheticsTests),
    objectives: all(({ objectives }) => objectives),
    // An organization knows a metric by its name alone: whoever shares one would take it from the other, and with it
    // its percentiles.
    distributions: environment.datadog ? [] : all(({ distributions }) => distributions),
  };
  return {
    data,
    files: merged([
      agentFiles(environment, services),
      deferred({
        ...Object.fromEntries(
          data.dashboards.map(({ key, json }) => [`datadog/dashboards/${key}.json`, () => toJson(json)]),
        ),
        "datadog/distributions.json": () => toJson(data.distributions),
        "datadog/downtimes.json": () => toJson(data.downtimes),
        "datadog/monitors.json": () => toJson(data.monitors),
        "datadog/objectives.json": () => toJson(data.objectives),
        "datadog/synthetics.json": () => toJson(data.syntheticsTests),
      }),
    ]),
    diagnostics: [
      ...lapse(environment),
      ...parts.flatMap(({ diagnostics }) => diagnostics),
      ...sameKeys(environment, data),
    ],
  };
};
