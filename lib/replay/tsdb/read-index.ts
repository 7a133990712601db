import { ByteReader, Damaged } from "./byte-reader";
import type { IndexedSeries } from "./index-file";

const contentsSize = 6 * 8;

/**
 * The series of a block's `index` file, with where their chunks are; see `indexFile`.
 *
 * @throws Damaged
 */
export function readIndex(bytes: Buffer): IndexedSeries[] {
  const start = new ByteReader(bytes);
  if (start.uint32() !== 0xbaaad700) throw new Damaged("it is no index");
  const version = start.byte();
  if (version !== 2) throw new Damaged(`its version is ${version}, not 2`);
  const contents = new ByteReader(bytes, bytes.length - contentsSize - 4).checked(contentsSize);
  const [symbolsAt, , , , , offsetsAt] = Array.from({ length: 6 }, () => contents.uint64());
  if (!symbolsAt || !offsetsAt) throw new Damaged("its table of contents is empty");
  const table = new ByteReader(bytes, symbolsAt).section();
  const symbols = Array.from({ length: table.uint32() }, () => table.string());

  // The first list is of all series, under the empty name.
  const offsets = new ByteReader(bytes, offsetsAt).section();
  if (offsets.uint32() === 0) return [];
  if (offsets.byte() !== 2 || offsets.string() !== "" || offsets.string() !== "") {
    throw new Damaged("it has no list of all series");
  }
  const all = new ByteReader(bytes, offsets.uvarint()).section();
  return Array.from({ length: all.uint32() }, () => {
    const entry = new ByteReader(bytes, all.uint32() * 16);
    return readEntry(entry.checked(entry.uvarint()), symbols);
  });
}

function readEntry(entry: ByteReader, symbols: readonly string[]): IndexedSeries {
  const labels: Record<string, string> = {};
  for (let left = entry.uvarint(); left > 0; left--) {
    const name = symbols[entry.uvarint()];
    const value = symbols[entry.uvarint()];
    if (name === undefined || value === undefined) throw new Damaged("a label is no symbol");
    labels[name] = value;
  }
  const chunks: number[] = [];
  let [time, reference] = [0, 0];
  for (let left = entry.uvarint(); left > 0; left--) {
    const first = chunks.length === 0 ? entry.varint() : time + entry.uvarint();
    time = first + entry.uvarint();
    reference = chunks.length === 0 ? entry.uvarint() : reference + entry.varint();
    chunks.push(first, time, reference);
  }
  return { labels, chunks };
}
