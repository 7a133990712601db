import {
  type Alert,
  comparisonOf,
  type Environment,
  type Panel,
  type Service,
  selectionsRead,
  windowOf,
} from "@watchbill/model";
import { panelDashboardUid, runbookUrl } from "../../conventions";
import { formatQuantity } from "../../format-quantity";
import { formatDuration } from "../../lapse";
import { panelOf } from "../../panels/limits";
import { handles } from "./calling";
import { tagOf } from "./plain-query";
import { referenceTo } from "./reference";

/** How a value is written in a unit, by the name of Datadog's variable. */
export type Write = (unit: string) => string;

const writer =
  (variable: string): Write =>
  (unit) =>
    `{{${variable}}}${{ ratio: "%", seconds: " s" }[unit] ?? ""}`;

/** A monitor's value; shares are in percent already. */
export const monitorValue: Write = (unit) =>
  unit === "bytes" ? '{{eval "humanize_bytes(value)"}}' : writer("value")(unit);

/** A composite monitor has no value of its own: its first part's. */
export const compositeValue = writer("a.value");

/** The alert's description with Datadog's variables (https://docs.datadoghq.com/monitors/notify/variables/). */
function describe(service: Service, alert: Alert, write: Write, tag: (label: string) => string | undefined): string {
  const threshold = comparisonOf(alert.when.test)?.threshold;
  return (
    alert.description
      .replaceAll("{value}", write(alert.when.unit))
      .replaceAll("{threshold}", threshold ? formatQuantity(threshold) : "")
      .replaceAll("{window}", formatDuration(windowOf(alert.when.test)))
      // A job is Prometheus' name for whom it reads; here that is the service.
      .replaceAll("{label:job}", service.name)
      .replace(/\{label:(\w+)\}/g, (_, label: string) => `{{${tag(label) ?? label}.name}}`)
  );
}

/** A service's dashboard: Datadog's own where its site is known, else Grafana's. */
function dashboardLink(environment: Environment, service: Service, panel: Panel): readonly string[] {
  const { links, dashboards } = environment;
  const uid = panelDashboardUid(environment, service, panel);
  if (!dashboards.some(({ name }) => name === panel.on)) return [];
  if (links.datadog) return [`[Dashboard](${links.datadog}/dashboard/${referenceTo("dashboard", uid)})`];
  return links.grafana ? [`[Dashboard](${links.grafana}/d/${uid})`] : [];
}

export interface Saying {
  /** What is said when it begins. */
  readonly begun: string;
  /** In which state of the monitor that is. Default: alert. */
  readonly state?: "alert" | "no_data" | undefined;
  /** One sentence: what is over when it recovers. */
  readonly summary: string;
  readonly links: readonly string[];
  readonly handles: string;
}

/** A notification: what is wrong or that it is over, where to look, whom it calls. */
export const notification = ({ begun, state = "alert", summary, links, handles: called }: Saying): string =>
  [
    `{{#is_${state}}}\n${begun}\n{{/is_${state}}}`,
    `{{#is_recovery}}\nNo longer: ${summary}\n{{/is_recovery}}`,
    ...(links.length > 0 ? [links.join(" · ")] : []),
    ...(called === "" ? [] : [called]),
  ].join("\n\n");

/** The notification of an alert. */
export function alertMessage(
  environment: Environment,
  service: Service,
  alert: Alert,
  { write = monitorValue, state = "alert" }: { readonly write?: Write; readonly state?: Saying["state"] } = {},
): string {
  const panel = panelOf(service, alert);
  const [read] = selectionsRead(alert.when.test);
  const tag = (label: string) => read && tagOf(read)(label);
  return notification({
    begun: `${alert.summary} ${describe(service, alert, write, tag)}`,
    state,
    summary: alert.summary,
    links: [
      `[Runbook](${runbookUrl(environment, alert)})`,
      ...(panel ? dashboardLink(environment, service, panel) : []),
    ],
    handles: handles(environment, alert.severity, service.owner),
  });
}
