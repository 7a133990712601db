import { type Exporter, exporters, type Service, type Source } from "@watchbill/model";

/**
 * Where the exporters of a service are. Its own machines have a node_exporter each; those of its databases have one too,
 * since a database's disk is the likeliest to fill, and the database's own exporter, by the convention that a database's
 * machine is called as its dependency is: `tikit-postgres`. Only databases that something reads.
 */
export function exportersOf(
  { watch, dependsOn }: Service,
  domain: string,
  machines: readonly string[],
): Partial<Record<Exporter, readonly string[]>> {
  const read = new Set<Source>(watch.flatMap(({ metrics }) => metrics.map(({ source }) => source)));
  const at = (hosts: readonly string[], exporter: Exporter) =>
    hosts.map((host) => `${host}:${exporters[exporter].port}`);
  const databases = (["postgres", "redis"] as const)
    .filter((kind) => read.has(kind))
    .map((kind) => ({
      kind,
      hosts: dependsOn.filter(({ name }) => name.endsWith(kind)).map(({ name }) => `${name}.${domain}`),
    }));
  return {
    node: at([...machines, ...databases.flatMap(({ hosts }) => hosts)], "node"),
    ...Object.fromEntries(databases.map(({ kind, hosts }) => [kind, at(hosts, kind)])),
  };
}
