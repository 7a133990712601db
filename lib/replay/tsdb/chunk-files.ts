import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { BitWriter } from "./bit-writer";
import { crc32c } from "./crc32c";

/** Prometheus's own limit of a segment: 512 MiB. */
const segmentSize = 512 * 1024 * 1024;
const header = Uint8Array.of(0x85, 0xbd, 0x40, 0xdd, 1, 0, 0, 0);

export const segmentName = (index: number) => String(index + 1).padStart(6, "0");

/** The `chunks` folder of a block: segment files of chunks, one after another (tsdb/docs/format/chunks.md). */
export class ChunkFiles {
  readonly #folder: string;
  readonly #buffer = Buffer.alloc(1 << 20);
  readonly #prefix = new BitWriter(16);
  #used = 0;
  #segment = -1;
  #file: number | undefined;
  /** Where the next chunk will be, in the file of now. */
  #position = 0;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** How many segments there are: a number for one that comes from elsewhere. */
  get segments(): number {
    return this.#segment + 1;
  }

  /** Leaves the next segment's number to a file that is put there by others, and gives its index. */
  reserve(): number {
    this.close();
    return ++this.#segment;
  }

  /** Writes a chunk and gives its reference: segment in the upper, offset in the lower four bytes. */
  write(encoding: number, data: BitWriter): number {
    if (this.#file === undefined || this.#position + data.length + 16 > segmentSize) this.#open();
    const reference = this.#segment * 2 ** 32 + this.#position;
    this.#prefix.clear();
    this.#prefix.putUvarint(data.length);
    const size = this.#prefix.length + 1 + data.length + 4;
    if (this.#used + size > this.#buffer.length) this.#flush();
    const start = this.#used;
    this.#buffer.set(this.#prefix.bytes.subarray(0, this.#prefix.length), start);
    const body = start + this.#prefix.length;
    this.#buffer[body] = encoding;
    this.#buffer.set(data.bytes.subarray(0, data.length), body + 1);
    const end = body + 1 + data.length;
    this.#buffer.writeUInt32BE(crc32c(this.#buffer, body, end), end);
    this.#used = end + 4;
    this.#position += size;
    return reference;
  }

  close(): void {
    if (this.#file === undefined) return;
    this.#flush();
    closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): void {
    this.close();
    this.#segment++;
    this.#file = openSync(join(this.#folder, segmentName(this.#segment)), "w");
    this.#buffer.set(header, 0);
    this.#used = header.length;
    this.#position = header.length;
  }

  #flush(): void {
    let written = 0;
    while (written < this.#used) written += writeSync(this.#file!, this.#buffer, written, this.#used - written);
    this.#used = 0;
  }
}
