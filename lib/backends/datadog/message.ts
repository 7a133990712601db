import {
  type Alert,
  comparisonOf,
  type Environment,
  type Panel,
  type Service,
  selectionsRead,
  windowOf,
} from "@watchbill/model";
import { objectivesSection, panelDashboardUid, runbookUrl } from "../../conventions";
import { formatQuantity } from "../../format-quantity";
import { formatDuration } from "../../lapse";
import { panelOf } from "../../panels/limits";
import { handles, isUrgent } from "./calling";
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
function dashboardLink(environment: Environment, service: Service, panel: Pick<Panel, "on">): readonly string[] {
  const { links, dashboards } = environment;
  const uid = panelDashboardUid(environment, service, panel);
  if (!dashboards.some(({ name }) => name === panel.on)) return [];
  if (links.datadog) return [`[Dashboard](${links.datadog}/dashboard/${referenceTo("dashboard", uid)})`];
  return links.grafana ? [`[Dashboard](${links.grafana}/d/${uid})`] : [];
}

/** Where to look for an objective: its alert's runbook, and the dashboard that shows it. */
export function objectiveLinks(environment: Environment, service: Service, runbook: string): readonly string[] {
  const board = environment.dashboards.find(({ sections }) => sections.includes(objectivesSection));
  return [
    `[Runbook](${runbookUrl(environment, { runbook })})`,
    ...(board ? dashboardLink(environment, service, { on: board.name }) : []),
  ];
}

export interface Saying {
  /** What is said when it begins. */
  readonly begun: string;
  /** In which state of the monitor that is. Default: alert. */
  readonly state?: "alert" | "no_data" | undefined;
  /** One sentence: what is over when it recovers. */
  readonly summary: string;
  /** What is said when there is no data any more. Default: nothing. */
  readonly unheard?: string | undefined;
  /** Those who are called at once are told that it still lasts. */
  readonly isUrgent: boolean;
  readonly links: readonly string[];
  readonly handles: string;
}

const when = (state: string, text: string) => `{{#is_${state}}}\n${text}\n{{/is_${state}}}`;

/** What is over. That data comes again does not end what has never begun. */
const over = ({ summary, unheard }: Saying) =>
  unheard === undefined
    ? [when("recovery", `No longer: ${summary}`)]
    : [
        when("alert_recovery", `No longer: ${summary}`),
        when("no_data_recovery", "There is data again, and all is well."),
      ];

/**
 * A notification: what is wrong or that it is over, where to look, whom it calls. What is told again is all of it, with
 * the value of then.
 */
export const notification = (saying: Saying): string =>
  [
    when(saying.state ?? "alert", saying.begun),
    ...(saying.unheard === undefined ? [] : [when("no_data", saying.unheard)]),
    ...(saying.isUrgent ? [when("renotify", "Nobody has mended it yet.")] : []),
    ...over(saying),
    ...linesOf(saying),
  ].join("\n\n");

const linesOf = ({ links, handles: called }: Saying) => [
  ...(links.length > 0 ? [links.join(" · ")] : []),
  ...(called === "" ? [] : [called]),
];

/** The notification of an alert. */
export function alertMessage(
  environment: Environment,
  service: Service,
  alert: Alert,
  {
    write = monitorValue,
    state = "alert",
    isUnheard = false,
    notes = [],
    wake = true,
  }: {
    readonly write?: Write;
    readonly state?: Saying["state"];
    /** Whether it is told, too, when nobody says any more how it is. */
    readonly isUnheard?: boolean;
    /** Sentences behind the description. Default: none. */
    readonly notes?: readonly (string | undefined)[];
    /** Whether it calls those, too, who are woken by it. Default: it does. */
    readonly wake?: boolean;
  } = {},
): string {
  const panel = panelOf(service, alert);
  const [read] = selectionsRead(alert.when.test);
  const tag = (label: string) => read && tagOf(read)(label);
  return notification({
    begun: [alert.summary, describe(service, alert, write, tag), ...notes.filter((note) => note !== undefined)].join(
      " ",
    ),
    state,
    summary: alert.summary,
    ...(isUnheard && { unheard: `There is no data any more, so nobody knows whether this is so: ${alert.summary}` }),
    isUrgent: isUrgent(alert.severity),
    links: [
      `[Runbook](${runbookUrl(environment, alert)})`,
      ...(panel ? dashboardLink(environment, service, panel) : []),
    ],
    handles: handles(environment, alert.severity, service.owner, { wake }),
  });
}
