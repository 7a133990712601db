import type { Diagnostic } from "@watchbill/model";
import type { Watch } from "../backends/backend";
import {
  alertNames,
  duplicateAlerts,
  missingRunbooks,
  summaries,
  unknownChecks,
  unknownMetrics,
  unknownPanels,
} from "./alerts";
import { calendars, holidaysPast } from "./calendars";
import { mailServerMissing, secretNames, secretsInCode, unknownChannels } from "./channels";
import type { Check, Surroundings } from "./check";
import { comparisons } from "./comparisons";
import { unwatchedDependencies } from "./dependencies";
import { duplicatePorts, locations, tuning } from "./environment";
import { exporterTargets } from "./exporters";
import { renames } from "./formerly";
import { heartbeatMissing } from "./heartbeat";
import { limitsOfQuantiles } from "./limits";
import { maintenanceOverlaps, maintenancePast, maintenanceServices, maintenanceTimes } from "./maintenance";
import { counterNames, duplicateMetrics, histogramBuckets, labelBounds, labelNames, metricNames } from "./metrics";
import {
  boundIsBucket,
  burnBelowPace,
  burnNeverFires,
  burnWindows,
  duplicateObjectives,
  objectiveFloors,
  objectiveTargets,
  probesBelowFloor,
  windowsBeyondRetention,
} from "./objectives";
import { seriesBounds } from "./series";
import { checksUnwatched, oneFailedCheck } from "./uptime";
import { windowsTooShort } from "./windows";

const checks: readonly Check[] = [
  metricNames,
  counterNames,
  duplicateMetrics,
  labelNames,
  labelBounds,
  histogramBuckets,
  duplicateAlerts,
  alertNames,
  missingRunbooks,
  unknownPanels,
  summaries,
  unknownMetrics,
  unknownChecks,
  checksUnwatched,
  oneFailedCheck,
  limitsOfQuantiles,
  objectiveTargets,
  burnNeverFires,
  probesBelowFloor,
  burnBelowPace,
  burnWindows,
  objectiveFloors,
  windowsBeyondRetention,
  windowsTooShort,
  duplicateObjectives,
  boundIsBucket,
  unknownChannels,
  secretsInCode,
  secretNames,
  mailServerMissing,
  heartbeatMissing,
  locations,
  exporterTargets,
  unwatchedDependencies,
  tuning,
  calendars,
  holidaysPast,
  comparisons,
  maintenanceServices,
  maintenanceTimes,
  maintenanceOverlaps,
  maintenancePast,
  duplicatePorts,
  renames,
  seriesBounds,
];

/** Every mistake in what an environment declares, of all kinds at once. */
export const check = (watch: Watch, surroundings: Surroundings): readonly Diagnostic[] =>
  checks.flatMap((one) => one(watch, surroundings));
