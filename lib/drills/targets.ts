import type { Environment, Service, Source } from "@watchbill/model";
import { addressIn } from "../addresses";
import { probeInterval } from "../backends/prometheus/probe-interval";
import { jobOf } from "../conventions";

/** Something that is scraped, with the labels that its series get from that. */
export interface Target {
  readonly service: string;
  readonly source: Source;
  /** Its place among the service's targets of this source, and how many these are. */
  readonly index: number;
  readonly of: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Between two scrapes, in ms. */
  readonly interval: number;
}

/** What is scraped for a service in an environment, as its scrape configuration has it. */
export function targetsOf(environment: Environment, service: Service): readonly Target[] {
  const { url = "", targets = {} } = environment.at[service.name] ?? {};
  const every = environment.scrapeEvery.value * 1000;
  const scraped = (Object.entries(targets) as [Source, readonly string[]][]).flatMap(([source, hosts]) =>
    hosts.map(
      (instance, index): Target => ({
        service: service.name,
        source,
        index,
        of: hosts.length,
        labels: { job: jobOf(service, source), instance, service: service.name },
        interval: every,
      }),
    ),
  );
  const probes = service.checks.map(
    (check, index): Target => ({
      service: service.name,
      source: "blackbox",
      index,
      of: service.checks.length,
      labels: {
        job: jobOf(service, "blackbox"),
        instance: `${url}${check.path}`,
        service: service.name,
        check: check.id,
      },
      interval: probeInterval(environment, service, check).value * 1000,
    }),
  );
  return [...scraped, ...probes, ...watchers(environment, service)];
}

/** The monitoring servers, which are scraped for the service that reads their metrics. */
function watchers(environment: Environment, service: Service): readonly Target[] {
  const sources = new Set(Object.values(service.metrics).map(({ source }) => source));
  const servers = (["prometheus", "alertmanager"] as const).filter((server) => sources.has(server));
  return servers.map((server) => ({
    service: service.name,
    source: server,
    index: 0,
    of: 1,
    labels: { job: server, instance: addressIn(environment)(server), service: service.name },
    interval: environment.scrapeEvery.value * 1000,
  }));
}
