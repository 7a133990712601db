import { type Exporter, exporters, type Service, type Source } from "@watchbill/model";

/**
 * Where the exporters of a service's databases are, by the convention that each stands beside its database and that a
 * database is called as its dependency is: `tikit-postgres`. Only those that something reads.
 */
export function exportersOf(
  { watch, dependsOn }: Service,
  domain: string,
): Partial<Record<Exporter, readonly string[]>> {
  const read = new Set<Source>(watch.flatMap(({ metrics }) => metrics.map(({ source }) => source)));
  const kinds = (["postgres", "redis"] as const).filter((kind) => read.has(kind));
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      dependsOn
        .filter(({ name }) => name.endsWith(kind))
        .map(({ name }) => `${name}.${domain}:${exporters[kind].port}`),
    ]),
  );
}
