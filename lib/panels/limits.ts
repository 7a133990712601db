import { type Alert, comparisonOf, type Environment, type Panel, type Service } from "@watchbill/model";
import { formatQuantity } from "../format-quantity";
import { formatDuration, lapsed } from "../lapse";

const byPanel = new WeakMap<Service, Map<string, Alert[]>>();

/** The alerts of a service that point at a panel; grouped once, since every panel asks. */
export function alertsOn(service: Service, panel: Panel): readonly Alert[] {
  const known = byPanel.get(service) ?? groupByPanel(service);
  byPanel.set(service, known);
  return known.get(panel.id) ?? [];
}

/** The panel that explains an alert; nothing where it names none. */
export const panelOf = (service: Service, { panel }: Pick<Alert, "panel">): Panel | undefined =>
  service.watch.flatMap(({ panels }) => panels).find(({ id }) => id === panel);

function groupByPanel(service: Service): Map<string, Alert[]> {
  const grouped = new Map<string, Alert[]>();
  for (const alert of service.watch.flatMap(({ alerts }) => alerts)) {
    if (alert.panel === undefined) continue;
    const others = grouped.get(alert.panel);
    if (others) others.push(alert);
    else grouped.set(alert.panel, [alert]);
  }
  return grouped;
}

/** The unit of a panel, which all of its series share. */
export const unitOf = (panel: Panel) => panel.series[0]?.of.unit ?? "none";

const sides = { ">": "above", ">=": "from", "<": "below", "<=": "up to", "==": "at", "!=": "off" } as const;

/** What a dashed line means: `HttpErrorRatioHigh (critical) above 1% for 5m`. */
export function describeLimit(environment: Environment, alert: Alert): string {
  const compared = comparisonOf(alert.when.test);
  const limit = compared ? ` ${sides[compared.comparison]} ${formatQuantity(compared.threshold)}` : "";
  const time = alert.for.value > 0 ? ` for ${formatDuration(lapsed(environment, alert.for))}` : "";
  return `${alert.id} (${alert.severity})${limit}${time}`;
}
