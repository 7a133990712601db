import type { Row } from "./matrix";

export const keyOf = (labels: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * The rows of a result under the labels that a rule gives them. The metric's name goes, and rows that differ in nothing
 * else (`a > 1 or b > 1`) become one.
 */
export function labelled(
  rows: readonly Row[],
  label: (labels: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>();
  for (const { labels: given, times, values } of rows) {
    const { __name__: _, ...rest } = given;
    const labels = Object.fromEntries(Object.entries(label(rest)).filter(([, value]) => value !== ""));
    const key = keyOf(labels);
    const other = found.get(key);
    found.set(key, other ? { labels, ...interleaved(other, { times, values }) } : { labels, times, values });
  }
  return found;
}

/** The samples of both in the order of time. Prometheus fails an evaluation that has one twice; here the first stays. */
function interleaved(one: Omit<Row, "labels">, other: Omit<Row, "labels">): Omit<Row, "labels"> {
  const points = new Map<number, number>();
  for (const { times, values } of [other, one]) {
    for (let index = 0; index < times.length; index++) points.set(times[index]!, values[index]!);
  }
  const sorted = [...points].sort(([first], [second]) => first - second);
  return {
    times: Float64Array.from(sorted, ([time]) => time),
    values: Float64Array.from(sorted, ([, value]) => value),
  };
}
