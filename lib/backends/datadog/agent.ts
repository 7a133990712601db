import {
  type Environment,
  fileSystemsOfNoDisk,
  type Metric,
  type Service,
  type Source,
  seriesBound,
} from "@watchbill/model";
import { toYaml } from "../../yaml";
import { exposedName, namespaceOf } from "./names";

/** What the OpenMetrics check reads; of machines and of checks from outside Datadog has metrics of its own. */
const scraped = ["service", "postgres", "redis"] as const satisfies readonly Source[];

const metricsFrom = (service: Service, source: Source): readonly Metric[] =>
  Object.values(service.metrics).filter((metric) => metric.source === source);

/** Seconds between two readings. */
export const collectionInterval = ({ scrapeEvery }: Environment) => Math.max(1, Math.round(scrapeEvery.value));

/** Every target of a service that the check reads something of. */
export const scrapedTargets = (environment: Environment, service: Service) =>
  scraped
    .filter((source) => metricsFrom(service, source).length > 0)
    .flatMap((source) =>
      [...(environment.at[service.name]?.targets[source] ?? [])].sort().map((target) => ({ source, target })),
    );

/** Series that the check returns of a target where nothing is said; it drops the others without a word. */
const USUAL_SERIES = 2000;

/** As many as the declared metrics can have. */
const seriesAtMost = (metrics: readonly Metric[]) =>
  Math.max(
    USUAL_SERIES,
    metrics.reduce((sum, metric) => sum + seriesBound(metric), 0),
  );

/** One target of the check (https://docs.datadoghq.com/integrations/openmetrics/), with exactly the declared metrics. */
function instance(environment: Environment, service: Service, source: Source, target: string) {
  const path = source === "service" ? service.endpoint.metrics : "/metrics";
  const metrics = metricsFrom(service, source);
  return {
    openmetrics_endpoint: `http://${target}${path}`,
    namespace: namespaceOf(service),
    metrics: [...new Set(metrics.map(exposedName))].sort(),
    // Percentiles over all instances need the buckets as one distribution.
    histogram_buckets_as_distributions: true,
    // `instance`, as in Prometheus, says the same in fewer characters.
    tag_by_endpoint: false,
    max_returned_metrics: seriesAtMost(metrics),
    min_collection_interval: collectionInterval(environment),
    tags: [`env:${environment.name}`, `instance:${target}`, `service:${service.name}`, `team:${service.owner}`],
  };
}

function openmetrics(environment: Environment, services: readonly Service[]) {
  const instances = services.flatMap((service) =>
    scrapedTargets(environment, service).map(({ source, target }) => instance(environment, service, source, target)),
  );
  return { init_config: {}, instances };
}

/** What a service's machines must say of themselves, for the metrics that the Agent has of them to be the service's. */
const hostEnvironment = (environment: Environment, service: Service) =>
  [
    "# Written by `npm run manifests` from the declarations; changes made here are lost.",
    `DD_ENV=${environment.name}`,
    `DD_TAGS=service:${service.name} team:${service.owner}`,
    "",
  ].join("\n");

/**
 * Files for the Agent: conf.d/openmetrics.d/conf.yaml on the one Agent that scrapes, conf.d/disk.d/conf.yaml and an
 * environment file on each service's machines.
 */
export const agentFiles = (
  environment: Environment,
  services: readonly Service[],
): Readonly<Record<string, string>> => ({
  "datadog/agent/disk.yaml": toYaml({
    init_config: {},
    instances: [{ file_system_exclude: fileSystemsOfNoDisk.map((one) => `${one}$`), use_mount: true }],
  }),
  "datadog/agent/openmetrics.yaml": toYaml(openmetrics(environment, services)),
  ...Object.fromEntries(
    services.map((service) => [`datadog/agent/hosts/${service.name}.env`, hostEnvironment(environment, service)]),
  ),
});
