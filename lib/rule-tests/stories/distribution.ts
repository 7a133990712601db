import type { Node } from "@watchbill/model";

/**
 * Shares of observations, a bucket each and one above all of them, of which a measure reads `level`: a quantile (seconds),
 * the share within a bound, or whatever else, for which the buckets don't matter.
 */
export function histogramShares(leaf: Node, buckets: readonly number[], level: number): readonly number[] {
  const shares = Array.from({ length: buckets.length + 1 }, () => 0);
  const put = (index: number, share: number) => {
    shares[index] = (shares[index] ?? 0) + share;
  };
  if (leaf.op === "within") {
    const bound = buckets.indexOf(leaf.bound.value);
    put(bound, level);
    put(bound + 1, 1 - level);
    return shares;
  }
  const found = buckets.findIndex((bound) => bound >= level);
  const index = found < 0 ? buckets.length : found;
  if (leaf.op !== "quantile" || index === 0 || index === buckets.length) {
    put(index, 1);
    return shares;
  }
  const [from, to] = [buckets[index - 1]!, buckets[index]!];
  const part = (level - from) / (to - from);
  // Some observations are far faster, so that the quantile lies this far into its bucket; or some are slower.
  const faster = part < 1 ? (leaf.q - part) / (1 - part) : -1;
  const slower = faster < 0 ? 1 - leaf.q / part : 0;
  put(0, Math.max(0, faster));
  put(index + 1, slower);
  put(index, 1 - Math.max(0, faster) - slower);
  return shares;
}
