import type { Diagnostic, Environment, Service } from "@watchbill/model";
import { list, mistake } from "./check";

interface Side {
  readonly environment: Environment;
  readonly services: readonly Service[];
}

const hasDatadog = ({ backends }: Environment) => backends.includes("datadog");
const inDatadog = ({ services }: Side) => services.filter(({ except }) => except?.datadog === undefined);

/** Who shares a Datadog organization leaves to its owner what there is once in it, so the owner must have all of that. */
export function organizations(all: readonly Side[], one: Side): readonly Diagnostic[] {
  const { name, datadog, place } = one.environment;
  if (!datadog) return [];
  const { organizationOf } = datadog;
  const said = (message: string, hint: string) => [
    mistake("datadog-organization", `${name}/datadog`, place, message, hint),
  ];
  if (!hasDatadog(one.environment)) {
    return said(`${name} has no Datadog to share an organization of`, "remove `datadog`, or add it to the backends");
  }
  const owners = all.filter(
    ({ environment }) => environment.name !== name && hasDatadog(environment) && !environment.datadog,
  );
  const owner = owners.find(({ environment }) => environment.name === organizationOf);
  if (!owner) {
    const names = owners.map(({ environment }) => environment.name);
    return said(
      `no other environment "${organizationOf}" has a Datadog organization of its own`,
      names.length > 0 ? `name one of ${list(names)}` : "remove `datadog`: this one owns its organization",
    );
  }
  const owned = new Set(inDatadog(owner).map((service) => service.name));
  const missing = inDatadog(one).flatMap((service) => (owned.has(service.name) ? [] : [service.name]));
  return missing.length === 0
    ? []
    : said(
        `${organizationOf}, which keeps the percentiles for ${name}, does not watch ${list(missing)} in Datadog`,
        `add it to the services of ${organizationOf}, or give ${name} an organization of its own`,
      );
}
