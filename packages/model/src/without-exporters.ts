import type { Exporter } from "./environment";
import type { Service } from "./service";

/**
 * The same service where some exporters are not: without the packs that read them, and without the dependencies that
 * only these packs tell of. For an environment in which it runs on less, such as a developer's machine.
 */
export function withoutExporters<S extends Service>(service: S, ...lacking: readonly [Exporter, ...Exporter[]]): S {
  const reads = ({ source }: { readonly source: string }) => lacking.some((exporter) => exporter === source);
  const left = service.watch.filter(({ metrics }) => metrics.some(reads));
  const untold = left.flatMap(({ alerts }) => alerts.map(({ down }) => down));
  return {
    ...service,
    watch: service.watch.filter((pack) => !left.includes(pack)),
    metrics: Object.fromEntries(Object.entries(service.metrics).filter(([, metric]) => !reads(metric))),
    dependsOn: service.dependsOn.filter(({ name }) => !untold.includes(name)),
  };
}
