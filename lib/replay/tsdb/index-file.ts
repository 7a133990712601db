import { ByteWriter } from "./byte-writer";

/** Where a series' chunks are and what times they hold, each three numbers: first time, last time, reference. */
export interface IndexedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly chunks: readonly number[];
}

/**
 * The bytes of a block's `index` file, version 2 (tsdb/docs/format/index.md): symbols, series in the order of their labels,
 * the series of each label's value, and the table of contents. The label index, which nobody reads any more, is left out.
 */
export function indexFile(series: readonly IndexedSeries[]): Uint8Array {
  const symbols = [...new Set(series.flatMap(({ labels }) => Object.entries(labels).flat()))]
    .map((text) => ({ text, bytes: Buffer.from(text) }))
    .sort((one, other) => Buffer.compare(one.bytes, other.bytes))
    .map(({ text }) => text);
  const number = new Map(symbols.map((text, index) => [text, index]));
  const out = new ByteWriter();
  out.uint32(0xbaaad700);
  out.byte(2);
  const symbolsAt = out.length;
  out.section(() => {
    out.uint32(symbols.length);
    for (const text of symbols) out.string(text);
  });

  // Symbols are sorted, so that their numbers compare as their bytes do.
  const sorted = series
    .map(({ labels, chunks }) => {
      const pairs = Object.entries(labels).map(([name, value]) => [number.get(name)!, number.get(value)!] as const);
      return { pairs: pairs.sort(([one], [other]) => one - other).flat(), chunks };
    })
    .sort((one, other) => compare(one.pairs, other.pairs));
  const postings = new Map<number, Map<number, number[]>>();
  const all: number[] = [];
  out.align(16);
  const seriesAt = out.length;
  const entry = new ByteWriter();
  for (const { pairs, chunks } of sorted) {
    out.align(16);
    const id = out.length / 16;
    all.push(id);
    for (let index = 0; index < pairs.length; index += 2) {
      const values = postings.get(pairs[index]!) ?? new Map<number, number[]>();
      postings.set(pairs[index]!, values);
      const ids = values.get(pairs[index + 1]!) ?? [];
      values.set(pairs[index + 1]!, ids);
      ids.push(id);
    }
    putEntry(entry, pairs, chunks);
    out.uvarint(entry.length);
    const start = out.length;
    out.append(entry);
    out.checksum(start);
  }
  const lists: { readonly name: string; readonly value: string; readonly at: number }[] = [];
  const ascending = <T>(map: ReadonlyMap<number, T>) => [...map].sort(([one], [other]) => one - other);
  const postingsAt = out.length;
  const putList = (name: string, value: string, ids: readonly number[]) => {
    out.align(4);
    lists.push({ name, value, at: out.length });
    out.section(() => {
      out.uint32(ids.length);
      for (const id of ids) out.uint32(id);
    });
  };
  // The list of all series goes by the empty name.
  putList("", "", all);
  for (const [name, values] of ascending(postings)) {
    for (const [value, ids] of ascending(values)) putList(symbols[name]!, symbols[value]!, ids);
  }
  const offsetsAt = out.length;
  out.section(() => {
    out.uint32(lists.length);
    for (const { name, value, at } of lists) {
      out.byte(2);
      out.string(name);
      out.string(value);
      out.uvarint(at);
    }
  });
  const contentsAt = out.length;
  for (const at of [symbolsAt, seriesAt, 0, 0, postingsAt, offsetsAt]) out.uint64(at);
  out.checksum(contentsAt);
  return out.view();
}

function compare(one: readonly number[], other: readonly number[]): number {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    if (one[index] !== other[index]) return one[index]! - other[index]!;
  }
  return one.length - other.length;
}

/** One series: its labels by number, then its chunks, each as the difference from the last. */
function putEntry(entry: ByteWriter, pairs: readonly number[], chunks: readonly number[]): void {
  entry.clear();
  entry.uvarint(pairs.length / 2);
  for (const symbol of pairs) entry.uvarint(symbol);
  entry.uvarint(chunks.length / 3);
  let [lastTime, lastReference] = [0, 0];
  for (let index = 0; index < chunks.length; index += 3) {
    const [first, last, reference] = [chunks[index]!, chunks[index + 1]!, chunks[index + 2]!];
    if (index === 0) entry.varint(first);
    else entry.uvarint(first - lastTime);
    entry.uvarint(last - first);
    if (index === 0) entry.uvarint(reference);
    else entry.varint(reference - lastReference);
    [lastTime, lastReference] = [last, reference];
  }
}
