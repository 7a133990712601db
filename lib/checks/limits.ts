import { type Alert, comparisonOf, type Diagnostic, type Quantity } from "@watchbill/model";
import { formatQuantity } from "../format-quantity";
import { type Check, mistake } from "./check";

/** Limits may come from milliseconds, by a multiplication that rounds. */
const isSame = (one: number, other: number) => Math.abs(one - other) <= 1e-9 * Math.abs(other);

/**
 * A quantile is known at the bounds of its buckets. Within one it is a guess, as if everything were spread evenly over it;
 * above the largest it reads that one.
 */
function judge({ when, place }: Alert, path: string): Diagnostic | undefined {
  const compared = comparisonOf(when.test);
  if (compared?.left.op !== "quantile") return undefined;
  const { comparison, threshold } = compared;
  const { name, buckets, unit } = compared.left.of.metric;
  const limit = threshold.value;
  const said = (value: number) => formatQuantity({ value, unit } satisfies Quantity<string>);
  const largest = buckets.at(-1) ?? 0;
  const isPast = limit > largest || isSame(limit, largest);
  if (comparison === ">" && isPast) {
    return mistake(
      "limit-above-buckets",
      path,
      place,
      `its limit of ${said(limit)} is never passed: ${name} has no bucket above ${said(largest)}, and whatever is more reads that`,
      "add a larger bucket, or lower the limit",
    );
  }
  if (buckets.some((bound) => isSame(limit, bound))) return undefined;
  const around = [buckets.findLast((bound) => bound < limit), buckets.find((bound) => bound > limit)];
  const bounds = around.filter((bound) => bound !== undefined).map(said);
  const found = mistake(
    "limit-between-buckets",
    path,
    place,
    `its limit of ${said(limit)} is none of the buckets of ${name}: how much of a bucket is past it is a guess`,
    `take ${bounds.join(" or ")}, or add ${said(limit)} to the buckets`,
  );
  return { ...found, severity: "warning" };
}

/** A quantile is held against a limit that its buckets know. */
export const limitsOfQuantiles: Check = ({ services }) =>
  services.flatMap((service) =>
    service.watch.flatMap(({ alerts }) => alerts.flatMap((alert) => judge(alert, `${service.name}/${alert.id}`) ?? [])),
  );
