import type { Alert, TuningOf } from "./alert";
import type { BackendName } from "./backend-name";
import type { Calendar } from "./calendar";
import type { Channel, MailServer, WebhookChannel } from "./channel";
import type { Maintenance } from "./maintenance";
import type { Source } from "./metric";
import type { Dashboard } from "./panel";
import { Place } from "./place";
import { type Duration, seconds } from "./quantity";
import type { Service } from "./service";
import type { Severity } from "./severity";

/** Where one service is found in one environment. */
export interface Location {
  /** Public address, without a path: what users open, what checks ask. */
  readonly url: string;
  /** `host:port` of everything that exposes metrics, by who exposes them. */
  readonly targets: { readonly service: readonly string[] } & Partial<Record<Source, readonly string[]>>;
}

/** Something that runs beside the monitoring servers in this environment: a script of this repository. */
export interface LocalProgram {
  readonly name: string;
  readonly script: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly ready?: string;
  /** `{data}` stands for its data folder. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where it runs, whom it calls, and what differs from the other environments. */
export interface Environment<Name extends string = string> {
  readonly name: Name;
  readonly services: readonly Service[];
  readonly dashboards: readonly Dashboard[];
  readonly at: Readonly<Record<string, Location>>;
  readonly channels: Readonly<Record<string, Channel>>;
  /** Names of channels, by severity. */
  readonly notify: Readonly<Record<Severity, readonly string[]>>;
  /** Channels that a team is told by besides, whatever the severity. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
  /** Severities that are told in these hours only; they wait for the next ones. Default: told at once. */
  readonly hours: Readonly<Partial<Record<Severity, Calendar>>>;
  /** What calendars mean here instead, by name: a local stack may be always open. Default: what they say. */
  readonly calendars: Readonly<Record<string, Calendar>>;
  /** Hours in which nobody is called for some services. Default: none. */
  readonly maintenance: readonly Maintenance[];
  readonly mail?: MailServer;
  /**
   * Who is told again and again that all is well, and calls somebody once that stops: a dead man's switch outside of
   * what it watches. The address may be known; what else lets one write there belongs into `token`.
   */
  readonly heartbeat?: WebhookChannel;
  readonly backends: readonly BackendName[];
  /**
   * `{ organizationOf: "production" }`: this environment sends to the Datadog organization of another one. What there is
   * only once in an organization, such as the percentiles that a metric keeps, is left to that one, which is deployed
   * first. Default: an organization of its own.
   */
  readonly datadog?: { readonly organizationOf: string };
  /** How the servers are run; `local`: on Docker where a daemon answers, else as processes. */
  readonly runtime: "docker" | "local";
  /** Address of the Docker daemon: `ssh://monitoring.example.com`. Default: Docker's own default. */
  readonly dockerHost?: string;
  /** Folder of secret files on the machine that runs the servers. */
  readonly secrets: string;
  readonly ports: Ports;
  /** Address that published ports listen on. Default: loopback. */
  readonly listen: string;
  readonly scrapeEvery: Duration;
  readonly evaluateEvery: Duration;
  readonly retention: Duration;
  /** Longest window that error budgets are counted over here, where retention is shorter than an objective's own. */
  readonly budgetOver?: Duration;
  /**
   * Time lapse: every waiting time (scrape and evaluation intervals, windows, `for`, group waits, repeats) is divided
   * by this. 1 everywhere but where a person wants to see in seconds what takes minutes.
   */
  readonly lapse: number;
  readonly links: Links;
  /** Where Terraform keeps this environment's state. Default: a file of this checkout, which a team can't share. */
  readonly state?: TerraformState;
  readonly tune: Readonly<Record<string, TuningOf<Alert>>>;
  /** Name of the environment that this one must not differ from but where it says so. Default: it is free. */
  readonly like?: string;
  /**
   * Why it differs from what it is `like`, by the path that the diagnostic names: `{ "notify/critical": "wakes nobody" }`.
   * A path speaks for all below it. What is tuned, or set by a variable, is said already.
   */
  readonly differs: Readonly<Record<string, string>>;
  /** The most series that all targets together may expose, as far as the metrics' bounds tell. Default: no bound. */
  readonly seriesAtMost?: number;
  readonly programs: readonly LocalProgram[];
  readonly place: Place;
}

/** TCP ports of the monitoring servers. */
export interface Ports {
  readonly prometheus: number;
  readonly alertmanager: number;
  readonly blackbox: number;
  readonly node: number;
  readonly grafana: number;
}
export const defaultPorts: Ports = { prometheus: 9090, alertmanager: 9093, blackbox: 9115, node: 9100, grafana: 3001 };

/** Exporters beside what they speak for, by whose metrics they expose, each with its own default port. */
export const exporters = {
  node: { name: "node_exporter", port: defaultPorts.node },
  postgres: { name: "postgres_exporter", port: 9187 },
  redis: { name: "redis_exporter", port: 9121 },
} as const satisfies Partial<Record<Source, { readonly name: string; readonly port: number }>>;
export type Exporter = keyof typeof exporters;

/** One of Terraform's own backends with its settings, none of them secret: `{ backend: "s3", settings: { bucket } }`. */
export interface TerraformState {
  readonly backend: "azurerm" | "consul" | "gcs" | "http" | "kubernetes" | "pg" | "s3";
  readonly settings: Readonly<Record<string, string | boolean>>;
}

/** Addresses that messages and dashboards link to, without a slash at the end. */
export interface Links {
  /** A page's file name is added: `<runbooks>/http-error-ratio-high.md`. */
  readonly runbooks: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly grafana?: string;
  /** Datadog's site: `https://app.datadoghq.eu`. */
  readonly datadog?: string;
  /** A service's logs; `{service}` and `{environment}` are filled in: `https://logs.example.com/?q=service:{service}`. */
  readonly logs?: string;
  /** A service's traces, filled in likewise. */
  readonly traces?: string;
}

type Defaulted =
  | "calendars"
  | "maintenance"
  | "owners"
  | "hours"
  | "ports"
  | "listen"
  | "scrapeEvery"
  | "evaluateEvery"
  | "lapse"
  | "differs"
  | "programs"
  | "runtime";
type TuneOf<S extends Service> = {
  readonly [Name in S["name"]]?: Extract<S, { name: Name }> extends Service<Name, infer A> ? TuningOf<A> : never;
};

type Declaration<S extends Service, C extends string> = Omit<
  Environment,
  "name" | "place" | "services" | "at" | "channels" | "notify" | "owners" | "tune" | Defaulted
> &
  Partial<Pick<Environment, Exclude<Defaulted, "owners" | "maintenance">>> & {
    readonly services: readonly S[];
    readonly channels: Readonly<Record<C, Channel>>;
    readonly notify: Readonly<Record<Severity, readonly NoInfer<C>[]>>;
    readonly owners?: Readonly<Record<string, readonly NoInfer<C>[]>>;
    readonly maintenance?: readonly Maintenance<NoInfer<S>["name"]>[];
    readonly tune?: TuneOf<S>;
  } & (
    | { readonly at: Readonly<Record<S["name"], Location>>; readonly locate?: never }
    | {
        /** Where a service is by this environment's convention: another service then needs no line here. */
        readonly locate: (service: Service) => Location;
        /** Those that are elsewhere. */
        readonly at?: Readonly<Partial<Record<S["name"], Location>>>;
      }
  );

/** Locations by convention, then those that are said one by one. */
const locations = (
  services: readonly Service[],
  {
    locate,
    at,
  }: { readonly locate?: (service: Service) => Location; readonly at?: Readonly<Partial<Environment["at"]>> },
): Environment["at"] => ({
  ...(locate && Object.fromEntries(services.map((service) => [service.name, locate(service)]))),
  ...(at as Environment["at"]),
});

/** Declares an environment. Scrapes and evaluates every 15 s and listens on loopback unless it says otherwise. */
export function environment<const Name extends string, const S extends Service, const C extends string>(
  name: Name,
  { locate, at, ...declaration }: Declaration<S, C>,
): Environment<Name> {
  const { calendars = {}, hours = {} } = declaration;
  return {
    owners: {},
    maintenance: [],
    ports: defaultPorts,
    listen: "127.0.0.1",
    runtime: "docker",
    scrapeEvery: seconds(15),
    evaluateEvery: seconds(15),
    lapse: 1,
    differs: {},
    programs: [],
    ...declaration,
    calendars,
    // What a calendar means here it means for whoever is told in its hours, too.
    hours: Object.fromEntries(
      Object.entries(hours).map(([severity, calendar]) => [severity, calendars[calendar.name] ?? calendar]),
    ),
    at: locations(declaration.services, { ...(locate && { locate }), ...(at && { at }) }),
    tune: (declaration.tune ?? {}) as Environment["tune"],
    name,
    place: Place.callerOf(environment),
  };
}
