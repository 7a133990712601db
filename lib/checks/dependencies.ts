import { downName } from "../conventions";
import { type Check, mistake } from "./check";

/** Symptoms stay quiet while a dependency is down only if an alert says when that is. */
export const unwatchedDependencies: Check = ({ services }) => {
  const told = new Set(
    services.flatMap((service) =>
      service.watch.flatMap(({ alerts }) => alerts.map((alert) => downName(service, alert))),
    ),
  );
  return services.flatMap(({ name, dependsOn, place }) =>
    dependsOn
      .filter((dependency) => !told.has(dependency.name))
      .map((dependency) => ({
        ...mistake(
          "dependency-unwatched",
          `${name}/dependsOn/${dependency.name}`,
          place,
          `no alert tells that ${dependency.name} is down, so that ${name}'s symptoms are told then, one by one`,
          "take a pack that watches it, such as `postgres` or `redis`, or leave it out of `dependsOn`",
        ),
        severity: "warning" as const,
      })),
  );
};
