/**
 * What Datadog is given, as plain data: the shapes are those of the Terraform resources of DataDog/datadog, in camel
 * case and without the fields nobody here needs. `stacks/datadog-stack.ts` turns them into resources; the manifests,
 * the review and the tests read the very same values. Texts are literal: escaping for Terraform is not done here.
 */
export interface DatadogResourceSet {
  readonly monitors: readonly Monitor[];
  readonly downtimes: readonly Downtime[];
  readonly dashboards: readonly Dashboard[];
  readonly syntheticsTests: readonly SyntheticsTest[];
  readonly objectives: readonly ServiceLevelObjective[];
  readonly distributions: readonly DistributionMetric[];
}

/** The identity of a resource: it comes from names in the declaration, never from an order. */
export interface Keyed {
  /** Unique in its kind; letters, digits, `-` and `_`, starting with a letter: `TicketsHighErrorRate`. */
  readonly key: string;
  /** Keys that it can have had before a rename, the oldest first; it is then moved, not destroyed and made anew. */
  readonly formerly?: readonly string[];
}

/** `datadog_monitor`. */
export interface Monitor extends Keyed {
  readonly name: string;
  readonly type: MonitorType;
  /** May hold `referenceTo("objective", key)` (burn rate) and `referenceTo("monitor", key)` (composite). */
  readonly query: string;
  /** Markdown with `@` handles; what is said on recovery stands in `{{#is_recovery}}`, again in `{{#is_renotify}}`. */
  readonly message: string;
  /** `service:tickets`, `env:production`, `team:commerce`. */
  readonly tags: readonly string[];
  /** None for what calls nobody: a part of a composite monitor. */
  readonly priority?: Priority;
  /** In the query's own unit; `critical` is the number that the query compares with. */
  readonly thresholds?: Thresholds;
  readonly thresholdWindows?: { readonly triggerWindow?: string; readonly recoveryWindow?: string };
  /** Not for a query that has a default for missing data; use one of this and `onMissingData`. */
  readonly notifyNoData?: boolean;
  /** Minutes, at least twice the query's window; only with `notifyNoData`. */
  readonly noDataTimeframe?: number;
  readonly onMissingData?: "default" | "resolve" | "show_no_data" | "show_and_notify_no_data";
  /** Minutes; without it nothing is said twice. */
  readonly renotifyInterval?: number;
  readonly renotifyStatuses?: readonly ("alert" | "warn" | "no data")[];
  /** False for a sparse metric. Default of the provider: true. */
  readonly requireFullWindow?: boolean;
  /** Seconds. */
  readonly evaluationDelay?: number;
  /** Seconds a new group is left alone. */
  readonly newGroupDelay?: number;
  /** Tags by which one notification is sent for many groups; `["*"]` for a single one. */
  readonly notifyBy?: readonly string[];
  /** Adds the group's tags to the title. Default of the provider: true. */
  readonly includeTags?: boolean;
  /** Ask Datadog to check the query while planning. Default of the provider: true; needs keys and network. */
  readonly validate?: boolean;
}

export type MonitorType =
  | "metric alert"
  | "query alert"
  | "service check"
  | "event-v2 alert"
  | "log alert"
  | "composite"
  | "slo alert";

/** 1 is the highest. */
export type Priority = 1 | 2 | 3 | 4 | 5;

export interface Thresholds {
  readonly critical?: number;
  readonly criticalRecovery?: number;
  readonly warning?: number;
  readonly warningRecovery?: number;
  /** Service checks only: how many checks in a row. */
  readonly ok?: number;
  readonly unknown?: number;
}

/** `datadog_downtime_schedule`. */
export interface Downtime extends Keyed {
  /** Which groups are muted: `env:production AND service:tickets`, or `*`. */
  readonly scope: string;
  readonly monitors: { readonly tags: readonly string[] } | { readonly monitor: string };
  readonly message?: string;
  /** IANA zone in which Datadog shows it. Default of the provider: UTC. */
  readonly displayTimezone?: string;
  readonly muteFirstRecoveryNotification?: boolean;
  readonly notifyEndStates?: readonly ("alert" | "no data" | "warn")[];
  readonly notifyEndTypes?: readonly ("canceled" | "expired")[];
  readonly schedule: OneTimeSchedule | RecurringSchedule;
}

/** ISO 8601 with an offset: `2026-12-24T22:00:00Z`. Without an end it lasts until it is removed. */
export interface OneTimeSchedule {
  readonly kind: "one-time";
  readonly start: string;
  readonly end?: string;
}

export interface RecurringSchedule {
  readonly kind: "recurring";
  /** IANA zone in which the recurrences are meant. */
  readonly timezone: string;
  readonly recurrences: readonly {
    /** `2h`, `30m`, `1d`. */
    readonly duration: string;
    /** RFC 5545: `FREQ=WEEKLY;INTERVAL=1;BYDAY=SU`. */
    readonly rrule: string;
    /** Wall time in `timezone`, without an offset: `2026-01-04T02:00:00`. */
    readonly start?: string;
  }[];
}

/** `datadog_dashboard_json`. */
export interface Dashboard extends Keyed {
  /** As Datadog's API takes it; a text in it may hold `referenceTo("objective", key)` or `referenceTo("monitor", key)`. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** `datadog_service_level_objective`. */
export interface ServiceLevelObjective extends Keyed {
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly indicator: ObjectiveIndicator;
  /** At least one; targets in percent: 99.9. */
  readonly thresholds: readonly {
    readonly timeframe: "7d" | "30d" | "90d";
    readonly target: number;
    readonly warning?: number;
  }[];
  /** Tags by which the objective is broken down. */
  readonly groups?: readonly string[];
}

export type ObjectiveIndicator =
  | { readonly type: "metric"; readonly numerator: string; readonly denominator: string }
  | {
      readonly type: "time_slice";
      /** Over the names in `queries`: `errors / total`. */
      readonly formula: string;
      readonly queries: readonly { readonly name: string; readonly query: string }[];
      readonly comparator: "<" | "<=" | ">" | ">=";
      readonly threshold: number;
      /** Seconds. Default of the provider: 300. */
      readonly queryIntervalSeconds?: 60 | 300;
    }
  /** Keys of monitors. */
  | { readonly type: "monitor"; readonly monitors: readonly string[] };

/** `datadog_synthetics_test` of type `api`. */
export interface SyntheticsTest extends Keyed {
  readonly name: string;
  readonly subtype: "http" | "ssl" | "tcp" | "dns" | "icmp" | "websocket" | "grpc";
  readonly status: "live" | "paused";
  readonly message: string;
  readonly tags: readonly string[];
  /** `aws:eu-west-1`. */
  readonly locations: readonly string[];
  readonly request: SyntheticsRequest;
  /** Not secret: what is written here stands in the state. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly assertions: readonly SyntheticsAssertion[];
  readonly options: SyntheticsOptions;
}

export interface SyntheticsRequest {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  readonly url?: string;
  readonly body?: string;
  readonly host?: string;
  readonly port?: number;
  readonly dnsServer?: string;
  /** Seconds. */
  readonly timeout?: number;
}

export interface SyntheticsAssertion {
  /** What is looked at. `responseTime` is in milliseconds, `certificate` in days. */
  readonly type:
    | "statusCode"
    | "responseTime"
    | "body"
    | "header"
    | "certificate"
    | "connection"
    | "recordSome"
    | "recordEvery"
    | "latency"
    | "packetLossPercentage"
    | "receivedMessage"
    | "tlsVersion"
    | "property";
  readonly operator: string;
  /** Header or property name. */
  readonly property?: string;
  readonly target?: string | number;
  /** With the operator `validatesJSONPath`, in place of `target`. */
  readonly jsonPath?: { readonly path: string; readonly operator: string; readonly value?: string };
}

export interface SyntheticsOptions {
  /** Seconds between two runs. */
  readonly tickEvery: number;
  /** Seconds it must fail before it alerts. */
  readonly minFailureDuration?: number;
  readonly minLocationFailed?: number;
  /** `interval` in milliseconds. */
  readonly retry?: { readonly count: number; readonly interval: number };
  readonly followRedirects?: boolean;
  readonly acceptSelfSigned?: boolean;
  readonly checkCertificateRevocation?: boolean;
  readonly httpVersion?: "http1" | "http2" | "any";
  readonly monitorName?: string;
  readonly monitorPriority?: Priority;
  /** Minutes; without it nothing is said twice. */
  readonly renotifyInterval?: number;
}

/** `datadog_metric_tag_configuration` of a distribution. */
export interface DistributionMetric extends Keyed {
  /** `tickets.http_request_duration_seconds`. */
  readonly metric: string;
  /** Keys of the tags that it can be queried by; no others are kept. */
  readonly tags: readonly string[];
  /** Without them there is neither `p95:` nor `count(v: v<=…):`. */
  readonly percentiles: boolean;
}
