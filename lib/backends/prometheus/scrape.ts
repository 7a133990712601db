import type { Environment, Service, Source, UptimeCheck } from "@watchbill/model";
import type { MonitoringServer } from "../../addresses";
import { blackboxModule, jobOf } from "../../conventions";
import { formatDuration, lapsed } from "../../lapse";
import { probeInterval } from "./probe-interval";

type AddressOf = (server: MonitoringServer) => string;

/** A scrape can't take longer than the time between two. */
const timeout = (environment: Environment) => {
  const every = lapsed(environment, environment.scrapeEvery);
  return formatDuration(every.value < 10 ? every : { value: 10, unit: "seconds" });
};

function exposition(service: Service, source: Source, targets: readonly string[]) {
  return {
    job_name: jobOf(service, source),
    ...(source === "service" && { metrics_path: service.endpoint.metrics }),
    static_configs: [{ targets: [...targets], labels: { service: service.name } }],
  };
}

/**
 * An uptime check: blackbox_exporter is asked, and what it asks in turn becomes the instance. All checks of a service
 * share a job, set as the target's own label since the jobs' names must differ.
 */
function probe(environment: Environment, service: Service, check: UptimeCheck, address: AddressOf) {
  const job = jobOf(service, "blackbox");
  const every = probeInterval(environment, service, check);
  return {
    job_name: `${job}-${check.id}`,
    scrape_interval: formatDuration(every),
    scrape_timeout: formatDuration(every.value < check.timeout.value ? every : check.timeout),
    metrics_path: "/probe",
    params: { module: [blackboxModule(service.name, check.id)] },
    static_configs: [
      {
        targets: [`${environment.at[service.name]?.url ?? ""}${check.path}`],
        labels: { job, service: service.name, check: check.id },
      },
    ],
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      { target_label: "__address__", replacement: address("blackbox") },
    ],
  };
}

/** The service that watches the monitoring servers, told by whose metrics it reads. */
const watcherOf = (services: readonly Service[]) =>
  services.find(({ metrics }) => Object.values(metrics).some(({ source }) => source === "prometheus"));

/** A monitoring server; its series belong to the service that watches it, if there is one. */
const monitoringServer = (server: MonitoringServer, address: AddressOf, watcher: Service | undefined) => ({
  job_name: server,
  static_configs: [{ targets: [address(server)], ...(watcher && { labels: { service: watcher.name } }) }],
});

/** prometheus.yml. */
export function prometheusConfig(environment: Environment, services: readonly Service[], address: AddressOf) {
  const targets = (service: Service) =>
    (Object.entries(environment.at[service.name]?.targets ?? {}) as [Source, readonly string[]][]).filter(
      ([, hosts]) => hosts.length > 0,
    );
  const watcher = watcherOf(services);
  return {
    global: {
      scrape_interval: formatDuration(lapsed(environment, environment.scrapeEvery)),
      scrape_timeout: timeout(environment),
      evaluation_interval: formatDuration(lapsed(environment, environment.evaluateEvery)),
      external_labels: { environment: environment.name },
    },
    rule_files: ["rules/*.yml"],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [address("alertmanager")] }] }] },
    scrape_configs: [
      ...(["prometheus", "alertmanager", "blackbox"] as const).map((server) =>
        monitoringServer(server, address, watcher),
      ),
      ...services.flatMap((service) => [
        ...targets(service).map(([source, hosts]) => exposition(service, source, hosts)),
        ...service.checks.map((check) => probe(environment, service, check, address)),
      ]),
    ],
  };
}
