import { comparisonsOf, weeksKept } from "../backends/prometheus/comparison";
import { formatDuration } from "../lapse";
import { type Check, mistake } from "./check";

/** A comparison with past weeks needs one of them at least. */
export const comparisons: Check = ({ environment, services }) =>
  services.flatMap((service) => {
    const [comparison] = comparisonsOf(service).filter((one) => weeksKept(environment, one) < 1);
    if (!comparison) return [];
    const message =
      comparison.weeks < 1
        ? `it compares with ${comparison.weeks} past weeks`
        : `it compares with past weeks, and ${environment.name} keeps ${formatDuration(environment.retention)}`;
    return [
      mistake(
        "comparison-retention",
        `${environment.name}/${service.name}/${comparison.series}`,
        environment.place,
        message,
        "compare with one week at least and let `retention` be at least days(7), or leave the pack out",
      ),
    ];
  });
