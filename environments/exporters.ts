import { type Service, type Source, selectionsRead } from "@watchbill/model";

/** The exporters' own default ports. */
const ports = { postgres: 9187, redis: 9121 } as const satisfies Partial<Record<Source, number>>;
type Exporter = keyof typeof ports;

/**
 * Where the exporters of a service's databases are, by the convention that each stands beside its database and that a
 * database is called as its dependency is: `tikit-postgres`. Only those that something reads.
 */
export function exportersOf(
  { watch, dependsOn }: Service,
  domain: string,
): Partial<Record<Exporter, readonly string[]>> {
  const alerts = watch.flatMap((pack) => pack.alerts);
  const read = new Set<Source>(
    alerts.flatMap(({ when }) => selectionsRead(when.test).map(({ metric }) => metric.source)),
  );
  const kinds = (Object.keys(ports) as Exporter[]).filter((kind) => read.has(kind));
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      dependsOn.filter(({ name }) => name.endsWith(kind)).map(({ name }) => `${name}.${domain}:${ports[kind]}`),
    ]),
  );
}
