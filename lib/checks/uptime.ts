import { alertsOnResult, probeInterval } from "../backends/prometheus/probe-interval";
import { formatDuration } from "../lapse";
import { type Check, mistake } from "./check";

/** A check that fails and calls nobody is a check that everybody believes in. An objective of it will tell, too. */
export const checksUnwatched: Check = ({ services }) =>
  services.flatMap((service) =>
    service.checks
      .filter((check) => alertsOnResult(service, check).length === 0)
      .map((check) => ({
        ...mistake(
          "check-unwatched",
          `${service.name}/checks/${check.id}`,
          check.place,
          `nobody is told when the check "${check.id}" of ${service.name} fails`,
          "give it to the pack `uptime`, as `health` or among `others`",
        ),
        severity: "warning" as const,
      })),
  );

/** A result stands until the next one, so an alert that waits for less than two of them is about one lost packet. */
export const oneFailedCheck: Check = ({ environment, services }) =>
  services.flatMap((service) =>
    service.checks.flatMap((check) => {
      const every = probeInterval({ ...environment, lapse: 1 }, service, check).value;
      return alertsOnResult(service, check)
        .filter((alert) => alert.severity === "critical" && alert.for.value < 2 * every)
        .map((alert) =>
          mistake(
            "one-failed-check",
            `${environment.name}/${service.name}/${alert.id}`,
            alert.place,
            `${alert.id} calls somebody after a single failure of the check "${check.id}": that is made each ${formatDuration({ value: every, unit: "seconds" })}, and has to fail for ${formatDuration(alert.for)}`,
            `let it fail for ${formatDuration({ value: 2 * every, unit: "seconds" })} at least, or scrape more often (\`scrapeEvery\`)`,
          ),
        );
    }),
  );
