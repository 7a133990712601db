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
import { mailServerMissing, secretNames, secretsInCode, unknownChannels } from "./channels";
import type { Check, Surroundings } from "./check";
import { calendars, duplicatePorts, locations, tuning } from "./environment";
import { counterNames, duplicateMetrics, histogramBuckets, labelBounds, labelNames, metricNames } from "./metrics";
import { boundIsBucket, burnNeverFires, duplicateObjectives, objectiveTargets } from "./objectives";

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
  objectiveTargets,
  burnNeverFires,
  duplicateObjectives,
  boundIsBucket,
  unknownChannels,
  secretsInCode,
  secretNames,
  mailServerMissing,
  locations,
  tuning,
  calendars,
  duplicatePorts,
];

/** Every mistake in what an environment declares, of all kinds at once. */
export const check = (watch: Watch, surroundings: Surroundings): readonly Diagnostic[] =>
  checks.flatMap((one) => one(watch, surroundings));
