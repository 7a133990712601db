import type { Alert, Test } from "@watchbill/model";
import { type Evaluation, lastWindow } from "./evaluation";
import { printFormula } from "./formula";
import { metricName } from "./names";
import { plainQuery, type Scope } from "./plain-query";
import { accepted, Refusal } from "./refusal";

/** A series that stays away as long as this is gone; Prometheus, too, looks back 5 m for one. */
const GONE = 300;

/** Not one series is there: a query that never crosses its limit, told when it has no data. */
export function absence(
  { of, over }: Extract<Test, { op: "absent" }>,
  alert: Alert,
  scope: Scope,
): Evaluation | Refusal {
  if (of.metric.source !== "service" && of.metric.source !== "postgres" && of.metric.source !== "redis") {
    return new Refusal(`that ${of.metric.name} is absent`, "watch a metric that the service itself exposes");
  }
  const series = plainQuery("avg", metricName(scope.service, of.metric), { of, by: [] }, scope);
  if (!accepted(series)) return series;
  const window = lastWindow(Math.max(alert.for.value, over?.value ?? 0, GONE));
  return {
    query: `max(${window}):count_not_null(${printFormula(series)}) < 0`,
    critical: 0,
    groups: [],
    onMissingData: "show_and_notify_no_data",
  };
}
