import {
  type Alert,
  comparisonOf,
  type Environment,
  itself,
  type Service,
  severityMeaning,
  windowOf,
} from "@watchbill/model";
import { panelDashboardUid } from "../conventions";
import { formatQuantity } from "../format-quantity";
import { formatDuration } from "../lapse";
import { panelOf } from "../panels/limits";
import { humanized } from "./humanize";
import type { Firing } from "./reckoning/alert-state";
import type { LabelSet } from "./reckoning/series";

/** The labels that an alert is told with: those of its result, and what its declaration says. */
export function expectedLabels(service: Service, alert: Alert, result: LabelSet): LabelSet {
  const { priority, label } = severityMeaning[alert.severity];
  return {
    ...result,
    service: service.name,
    owner: service.owner,
    severity: label,
    priority: `p${priority}`,
    ...(alert.down !== undefined && { down: alert.down === itself ? service.name : alert.down }),
  };
}

/** What is told of it, with its value as a person reads it. */
export function expectedAnnotations(
  environment: Environment,
  service: Service,
  alert: Alert,
  firing: Firing,
): LabelSet {
  const limit = comparisonOf(alert.when.test)?.threshold;
  const description = alert.description
    .replaceAll("{value}", humanized(firing.value, alert.when.unit))
    .replaceAll("{threshold}", limit ? formatQuantity(limit) : "")
    .replaceAll("{window}", formatDuration(windowOf(alert.when.test)))
    .replace(/\{label:(\w+)\}/g, (_, label: string) => firing.labels[label] ?? "");
  const panel = panelOf(service, alert);
  const { grafana, runbooks } = environment.links;
  return {
    summary: alert.summary,
    description,
    runbook_url: `${runbooks}/${alert.runbook}.md`,
    ...(grafana !== undefined &&
      panel !== undefined && { dashboard_url: `${grafana}/d/${panelDashboardUid(environment, service, panel)}` }),
  };
}
