import type { Alert } from "./alert";
import type { Metric } from "./metric";
import type { Objective } from "./objective";
import type { Panel } from "./panel";
import { Place } from "./place";
import type { UptimeCheck } from "./uptime-check";

/** What can go wrong with one concern, and the panels that explain it. `A` is the union of its alerts. */
export interface Pack<A extends Alert = Alert> {
  /** Kebab-case: `http`. Names the rule group. */
  readonly name: string;
  readonly alerts: readonly A[];
  readonly panels: readonly Panel[];
}

/** Declares a pack; what is `undefined` among its alerts (a measure nobody asked for) is left out. */
export function pack<A extends Alert>(
  name: string,
  content: { readonly alerts: readonly (A | undefined)[]; readonly panels?: readonly Panel[] },
): Pack<A> {
  const alerts = content.alerts.filter((alert) => alert !== undefined);
  return { name, alerts, panels: content.panels ?? [] };
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
  /** The team that is called. */
  readonly owner: string;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly endpoint: Required<Endpoint>;
  readonly watch: readonly Pack<A>[];
  readonly objectives: readonly Objective[];
  readonly checks: readonly UptimeCheck[];
  readonly dependsOn: readonly Dependency[];
  readonly place: Place;
}

type AlertsOf<P> = P extends Pack<infer A> ? A : never;

/** Declares a service. Objectives, checks and dependencies default to none, the metrics' path to `/metrics`. */
export function service<const Name extends string, const P extends readonly Pack[]>(
  name: Name,
  declaration: {
    readonly owner: string;
    readonly metrics: Readonly<Record<string, unknown>>;
    readonly endpoint: Endpoint;
    readonly watch: P;
    readonly objectives?: readonly Objective[];
    readonly checks?: readonly UptimeCheck[];
    readonly dependsOn?: readonly Dependency[];
  },
): Service<Name, AlertsOf<P[number]>> {
  const { endpoint, objectives = [], checks = [], dependsOn = [], owner } = declaration;
  return {
    name,
    owner,
    metrics: declaration.metrics as Readonly<Record<string, Metric>>,
    endpoint: { metrics: "/metrics", ...endpoint },
    watch: declaration.watch as readonly unknown[] as readonly Pack<AlertsOf<P[number]>>[],
    objectives,
    checks,
    dependsOn,
    place: Place.callerOf(service),
  };
}
