import { type Exporter, exporters, type Service } from "@watchbill/model";
import { type Check, mistake } from "./check";

/** The metrics of a service by the exporter that they are from. */
function readFrom({ metrics }: Service): ReadonlyMap<Exporter, readonly string[]> {
  const read = new Map<Exporter, string[]>();
  for (const { source, name } of Object.values(metrics)) {
    if (source in exporters) read.set(source as Exporter, [...(read.get(source as Exporter) ?? []), name]);
  }
  return read;
}

const some = ([first, ...others]: readonly string[]) =>
  others.length === 0 ? first : `${first} and ${others.length} more`;

/** Alerts and panels on what nobody scrapes stay silent and empty for ever. */
export const exporterTargets: Check = ({ environment, services }) =>
  services.flatMap((service) => {
    const location = environment.at[service.name];
    if (!location) return [];
    return [...readFrom(service)]
      .filter(([source]) => (location.targets[source] ?? []).length === 0)
      .map(([source, names]) => {
        const { name, port } = exporters[source];
        return mistake(
          "exporter-missing",
          `${environment.name}/at/${service.name}`,
          environment.place,
          `${service.name} reads ${some(names)} of ${name}, and ${environment.name} has no target for it`,
          `add \`${source}: ["<host>:${port}"]\` to its targets in environments/${environment.name}.ts, or leave out the packs that read it: withoutExporters(${service.name}, "${source}")`,
        );
      });
  });
