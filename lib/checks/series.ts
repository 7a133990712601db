import { type Service, seriesBound } from "@watchbill/model";
import { type Check, list, mistake } from "./check";

/** The most series that the targets of a service can expose for each of its metrics, the largest first. */
function boundsOf(service: Service, targets: Readonly<Partial<Record<string, readonly string[]>>>) {
  return Object.values(service.metrics)
    .map((metric) => ({ name: metric.name, most: seriesBound(metric) * (targets[metric.source]?.length ?? 0) }))
    .sort((a, b) => b.most - a.most);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/**
 * No more series than the environment is meant to hold. Declared metrics count, with their largest number of label
 * values; what exporters and the default process metrics add besides (some 40 a process, 500 a machine) does not.
 */
export const seriesBounds: Check = ({ environment, services }) => {
  const { name, seriesAtMost, place } = environment;
  if (seriesAtMost === undefined) return [];
  const each = services
    .map((service) => ({ service, bounds: boundsOf(service, environment.at[service.name]?.targets ?? {}) }))
    .map(({ service, bounds }) => ({ service, bounds, most: sum(bounds.map(({ most }) => most)) }))
    .sort((a, b) => b.most - a.most);
  const total = sum(each.map(({ most }) => most));
  if (total <= seriesAtMost) return [];
  const largest = each.slice(0, 3).map(({ service, bounds, most }) => {
    const metrics = bounds.slice(0, 3).map((bound) => `${bound.name} ${bound.most}`);
    return `${service.name} ${most} (${metrics.join(", ")})`;
  });
  return [
    mistake(
      "too-many-series",
      `${name}/seriesAtMost`,
      place,
      `its metrics may have ${total} series, more than ${seriesAtMost}; the most: ${list(largest)}`,
      "bound their labels lower, drop a label, or raise `seriesAtMost`",
    ),
  ];
};
