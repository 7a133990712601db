import type { Environment, Service } from "@watchbill/model";
import { partTags } from "./calling";
import type { Evaluation } from "./evaluation";
import { referenceTo } from "./reference";
import type { Keyed, Monitor, Thresholds } from "./resources";

/** New groups are left alone for as long as a machine takes to start. */
export const NEW_GROUP_DELAY = 300;

/** The most monitors that a composite one may be made of (https://docs.datadoghq.com/monitors/types/composite/). */
export const MOST_PARTS = 10;

/** What a metric monitor evaluates. */
export const metricMonitor = (found: Evaluation, recovers: Pick<Thresholds, "criticalRecovery"> = {}) => ({
  type: "query alert" as const,
  query: found.query,
  thresholds: { critical: found.critical, ...recovers },
  ...(found.unheardAfter === undefined
    ? { onMissingData: found.onMissingData }
    : { notifyNoData: true, noDataTimeframe: found.unheardAfter }),
  requireFullWindow: false,
  ...(found.evaluationDelay !== undefined && { evaluationDelay: found.evaluationDelay }),
  ...(found.groups.length > 0 && { newGroupDelay: NEW_GROUP_DELAY }),
});

export interface Part extends Keyed {
  /** What it says, behind the name of the whole: "enough events". */
  readonly what: string;
  readonly content: ReturnType<typeof metricMonitor>;
}

/** All of what a composite monitor says, but what it is made of. */
export type Whole = Omit<Monitor, "type" | "query" | "notifyNoData" | "renotifyStatuses">;

/**
 * A composite monitor that calls people, and its parts, which call nobody. It tells when all parts of one of the
 * alternatives hold. A part without data is well, so that it never speaks for one that has some.
 */
export function compositeMonitors(
  environment: Environment,
  service: Service,
  whole: Whole,
  alternatives: readonly (readonly Part[])[],
): readonly Monitor[] {
  const both = (parts: readonly Part[]) => parts.map(({ key }) => referenceTo("monitor", key)).join(" && ");
  const [only, ...others] = alternatives;
  const query =
    only && others.length === 0
      ? both(only)
      : alternatives.map((parts) => (parts.length > 1 ? `(${both(parts)})` : both(parts))).join(" || ");
  const parts = alternatives.flat().map(
    ({ what, content, ...keyed }): Monitor => ({
      ...keyed,
      name: `${whole.name}: ${what}`,
      tags: partTags(service, environment),
      includeTags: true,
      ...content,
      message: `A part of "${whole.name}", which calls people. This one calls nobody.`,
    }),
  );
  return [{ ...whole, type: "composite", query, notifyNoData: false, renotifyStatuses: ["alert"] }, ...parts];
}
