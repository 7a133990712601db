import { halves, littleEndian, type Series, staleHigh, staleLow } from "../series";
import type { BitWriter } from "./bit-writer";

/** The encoding's number in a chunk's header. */
export const xorEncoding = 1;
/** So many samples Prometheus puts into one chunk; readers decode whole chunks. */
export const samplesPerChunk = 120;

const highWord = littleEndian ? 1 : 0;
const trailingZeros = (word: number) => 31 - Math.clz32(word & -word);

/** How far apart two steps are: 1 bit when the scrape is as regular as the last one. */
function putStep(out: BitWriter, change: number): void {
  if (change === 0) out.put(0, 1);
  else if (change > -8192 && change <= 8192) {
    out.put(0b10, 2);
    out.put(change & 0x3fff, 14);
  } else if (change > -65536 && change <= 65536) {
    out.put(0b110, 3);
    out.put(change & 0x1ffff, 17);
  } else if (change > -524288 && change <= 524288) {
    out.put(0b1110, 4);
    out.put(change & 0xfffff, 20);
  } else {
    out.put(0b1111, 4);
    out.putWord(Math.floor(change / 2 ** 32) >>> 0, 32);
    out.putWord(change >>> 0, 32);
  }
}

/**
 * Encodes the samples `from` to `to` (exclusive) of a series: delta of delta of the times, and the values by the bits that
 * change from one to the next (Pelkonen et al., "Gorilla", with Prometheus's widths: tsdb/docs/format/chunks.md). What
 * stands in `out` afterwards is the chunk's data.
 */
export function encodeChunk({ times, values }: Series, from: number, to: number, out: BitWriter): void {
  const words = halves(values);
  let [lastHigh, lastLow, lastStep] = [0, 0, 0];
  // The window of bits that the last written value had; none yet.
  let [leading, trailing] = [-1, 0];
  out.clear();
  out.put(to - from, 16);
  for (let index = from; index < to; index++) {
    let high = words[2 * index + highWord]!;
    let low = words[2 * index + 1 - highWord]!;
    // All NaN but the stale marker become the one that Prometheus itself writes.
    if (
      (high & 0x7ff00000) === 0x7ff00000 &&
      ((high & 0xfffff) | low) !== 0 &&
      !(high === staleHigh && low === staleLow)
    ) {
      high = 0x7ff80000;
      low = 1;
    }
    if (index === from) {
      out.putVarint(times[index]!);
      out.putWord(high, 32);
      out.putWord(low, 32);
    } else {
      const step = times[index]! - times[index - 1]!;
      if (index === from + 1) out.putUvarint(step);
      else putStep(out, step - lastStep);
      lastStep = step;
      const highBits = (high ^ lastHigh) >>> 0;
      const lowBits = (low ^ lastLow) >>> 0;
      if (highBits === 0 && lowBits === 0) out.put(0, 1);
      else {
        // Five bits tell how many zeros lead.
        const zeros = Math.min(31, Math.clz32(highBits));
        const after = lowBits !== 0 ? trailingZeros(lowBits) : 32 + trailingZeros(highBits);
        if (leading >= 0 && zeros >= leading && after >= trailing) out.put(0b10, 2);
        else {
          [leading, trailing] = [zeros, after];
          out.put(0b11, 2);
          out.put(leading, 5);
          // 64 does not fit into six bits and is written as 0.
          out.put((64 - leading - trailing) & 63, 6);
        }
        putBits(out, highBits, lowBits, trailing, 64 - leading - trailing);
      }
    }
    lastHigh = high;
    lastLow = low;
  }
  out.flush();
}

/** So many bits of a number of 64 bits, from the given one upwards. */
function putBits(out: BitWriter, high: number, low: number, from: number, many: number): void {
  let [upper, lower] = [high, low];
  if (from >= 32) [upper, lower] = [0, high >>> (from - 32)];
  else if (from > 0) [upper, lower] = [high >>> from, ((low >>> from) | (high << (32 - from))) >>> 0];
  if (many > 32) out.putWord(upper, many - 32);
  out.putWord(lower, Math.min(many, 32));
}
