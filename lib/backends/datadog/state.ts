import type { Test } from "@watchbill/model";

type Comparison = Extract<Test, { op: "compare" }>;

/** Units of which there can be a part. */
const continuous = ["bytes", "ratio", "seconds"];

/**
 * "Fewer than one": of what is counted one by one, below one is none. Of a gauge that is 1 or 0 it is the only limit, and
 * nothing lies between there and not there.
 */
export const isNone = ({ left, comparison, threshold: { value, unit } }: Comparison): boolean =>
  left.op === "fold" && comparison === "<" && value > 0 && value <= 1 && !continuous.includes(unit);

/** Whether a server is up, as the exporter beside it says. Its silence is not good news: it may have gone with the server. */
export const isExporterState = (compared: Comparison): boolean =>
  isNone(compared) &&
  compared.left.op === "fold" &&
  (compared.left.of.metric.source === "postgres" || compared.left.of.metric.source === "redis");
