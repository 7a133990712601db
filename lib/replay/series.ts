/**
 * One time series, as Prometheus stores it. Times are milliseconds since 1970, whole and rising; values are as scraped.
 * A value that is not a number is stored as such; the end of a series is a stale marker, see `markStale`.
 */
export interface Series {
  /** With `__name__`. Labels of the scrape (`job`, `instance`) too: nobody adds them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly times: Float64Array;
  /** As many as `times`. */
  readonly values: Float64Array;
}

/** High and low half of the NaN by which Prometheus says that a series has ended (model/value: `StaleNaN`). */
export const staleHigh = 0x7ff00000;
export const staleLow = 2;

/** Half-words of the values, in this machine's order of bytes: a NaN keeps its payload only as long as nobody reads it. */
export const halves = (values: Float64Array) => new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
export const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Says that the series is gone from this sample on: an instant query no longer looks back past it. */
export function markStale(values: Float64Array, index: number): void {
  const words = halves(values);
  words[2 * index + (littleEndian ? 1 : 0)] = staleHigh;
  words[2 * index + (littleEndian ? 0 : 1)] = staleLow;
}
