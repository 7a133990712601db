import type { Alert } from "./alert";
import type { BackendName } from "./backend-name";
import type { WeeklyComparison } from "./comparison";
import type { Former } from "./formerly";
import type { Metric } from "./metric";
import type { Objective } from "./objective";
import type { Panel } from "./panel";
import { Place } from "./place";
import type { UptimeCheck } from "./uptime-check";

/** What can go wrong with one concern, and the panels that explain it. `A` is the union of its alerts. */
export interface Pack<A extends Alert = Alert> {
  /** Kebab-case: `http`. Names the rule group. */
  readonly name: string;
  /** What it reads, so that a service which takes the pack need not declare it again. */
  readonly metrics: readonly Metric[];
  /** What is held against the same hour of past weeks. Default: nothing. */
  readonly comparisons?: readonly WeeklyComparison[];
  readonly alerts: readonly A[];
  readonly panels: readonly Panel[];
}

/**
 * Declares a pack; what is `undefined` among its alerts (a measure nobody asked for) is left out. The metrics are those
 * that a service which takes the pack has to expose. Default: none but what it declares itself.
 */
export function pack<A extends Alert = never>(
  name: string,
  content: {
    readonly metrics?: Readonly<Record<string, unknown>>;
    readonly comparisons?: readonly WeeklyComparison[];
    readonly alerts?: readonly (A | undefined)[];
    readonly panels?: readonly Panel[];
  },
): Pack<A> {
  const alerts = (content.alerts ?? []).filter((alert) => alert !== undefined);
  const metrics = Object.values(content.metrics ?? {}) as Metric[];
  const { comparisons, panels = [] } = content;
  return { name, metrics, ...(comparisons && { comparisons }), alerts, panels };
}

/** Something that services need and that is not theirs: a database, a payment provider. */
export interface Dependency<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
}
export const dependency = <const Name extends string>(name: Name, title: string): Dependency<Name> => ({ name, title });

/** Where a service answers, on its own machine. */
export interface Endpoint {
  readonly port: number;
  /** Path of the exposition. Default: `/metrics`. */
  readonly metrics?: string;
}

/** One thing that a team runs. `A` is the union of its packs' alerts, so that tuning is typed to what exists. */
export interface Service<Name extends string = string, A extends Alert = Alert> {
  readonly name: Name;
  /**
   * Names that it had before, the oldest first. What holds history keeps the oldest one for good (scrape jobs, Datadog's
   * namespace, the dashboards' uids), so this stays as long as the service does.
   */
  readonly formerly?: Former;
  /** The team that is called. */
  readonly owner: string;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly endpoint: Required<Endpoint>;
  readonly watch: readonly Pack<A>[];
  readonly objectives: readonly Objective[];
  readonly checks: readonly UptimeCheck[];
  readonly dependsOn: readonly Dependency[];
  /** Backends that do without this service, each with the reason. */
  readonly except?: Partial<Readonly<Record<BackendName, string>>>;
  readonly place: Place;
}

type AlertsOf<P> = P extends Pack<infer A> ? A : never;

/**
 * Those that a service declares, and under their names those that its packs bring. Two that share a name both stay: that
 * is a mistake to be told, not to be hidden.
 */
function allMetrics(own: Readonly<Record<string, Metric>>, packs: readonly Pack[]): Readonly<Record<string, Metric>> {
  const brought = new Set(packs.flatMap(({ metrics }) => metrics));
  for (const metric of Object.values(own)) brought.delete(metric);
  const all: Record<string, Metric> = { ...own };
  for (const metric of brought) all[metric.name in all ? `${metric.name} once more` : metric.name] = metric;
  return all;
}

/**
 * Declares a service. Its metrics are its own and those of its packs. Metrics, objectives, checks and dependencies default
 * to none, the metrics' path to `/metrics`. `own` are the metrics that it declares itself, each with its full type.
 */
export function service<
  const Name extends string,
  const P extends readonly Pack[],
  const M extends Readonly<Record<string, unknown>> = Readonly<Record<never, never>>,
>(
  name: Name,
  declaration: {
    readonly owner: string;
    readonly metrics?: M;
    readonly endpoint: Endpoint;
    readonly watch: P;
    readonly objectives?: readonly Objective[];
    readonly checks?: readonly UptimeCheck[];
    readonly dependsOn?: readonly Dependency[];
    readonly except?: Service["except"];
    readonly formerly?: Former;
  },
): Service<Name, AlertsOf<P[number]>> & { readonly own: M } {
  const { endpoint, objectives = [], checks = [], dependsOn = [], owner } = declaration;
  return {
    name,
    owner,
    own: (declaration.metrics ?? {}) as M,
    metrics: allMetrics((declaration.metrics ?? {}) as Readonly<Record<string, Metric>>, declaration.watch),
    endpoint: { metrics: "/metrics", ...endpoint },
    watch: declaration.watch as readonly unknown[] as readonly Pack<AlertsOf<P[number]>>[],
    objectives,
    checks,
    dependsOn,
    ...(declaration.except && { except: declaration.except }),
    ...(declaration.formerly !== undefined && { formerly: declaration.formerly }),
    place: Place.callerOf(service),
  };
}
