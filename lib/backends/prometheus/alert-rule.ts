import { type Alert, comparisonOf, type Environment, type Service, severityMeaning, windowOf } from "@watchbill/model";
import { downName, panelDashboardUid, runbookUrl, serviceLabels } from "../../conventions";
import { formatQuantity } from "../../format-quantity";
import { formatDuration, lapsed } from "../../lapse";
import { panelOf } from "../../panels/limits";
import { printTest, valueTemplate } from "./promql";
import type { AlertRule } from "./rule-file";
import { ruleStyle } from "./style";

/** The labels `severity` (in the convention's own values) and `priority` (p0 to p4). */
export const severityLabels = (severity: Alert["severity"]) => ({
  severity: severityMeaning[severity].label,
  priority: `p${severityMeaning[severity].priority}`,
});

/** Fills the description's placeholders with Prometheus' templates. */
export function describe(alert: Alert): string {
  const threshold = comparisonOf(alert.when.test)?.threshold;
  return alert.description
    .replaceAll("{value}", valueTemplate(alert.when.unit))
    .replaceAll("{threshold}", threshold ? formatQuantity(threshold) : "")
    .replaceAll("{window}", formatDuration(windowOf(alert.when.test)))
    .replace(/\{label:(\w+)\}/g, "{{ $labels.$1 }}");
}

function dashboardLink(environment: Environment, service: Service, alert: Alert): Record<string, string> {
  const { grafana } = environment.links;
  const panel = panelOf(service, alert);
  return grafana && panel ? { dashboard_url: `${grafana}/d/${panelDashboardUid(environment, service, panel)}` } : {};
}

/** One alert as a rule. */
export function alertRule(environment: Environment, service: Service, alert: Alert): AlertRule {
  const down = downName(service, alert);
  const duration = (of: Alert["for"]) => formatDuration(lapsed(environment, of));
  return {
    alert: alert.id,
    expr: printTest(alert.when.test, ruleStyle(environment, service)),
    ...(alert.for.value > 0 && { for: duration(alert.for) }),
    ...(alert.keepFiring.value > 0 && { keep_firing_for: duration(alert.keepFiring) }),
    labels: {
      ...serviceLabels(service),
      ...severityLabels(alert.severity),
      ...(down !== undefined && { down }),
    },
    annotations: {
      summary: alert.summary,
      description: describe(alert),
      runbook_url: runbookUrl(environment, alert),
      ...dashboardLink(environment, service, alert),
    },
  };
}
