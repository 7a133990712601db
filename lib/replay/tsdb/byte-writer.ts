import { crc32c } from "./crc32c";

/** Bytes that grow, for an index file: big-endian numbers, varints, strings and checksums. */
export class ByteWriter {
  #bytes = Buffer.alloc(1 << 16);
  length = 0;

  #room(many: number): void {
    if (this.length + many <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.length + many));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#bytes = larger;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.length++] = value;
  }

  uint32(value: number): void {
    this.#room(4);
    this.length = this.#bytes.writeUInt32BE(value, this.length);
  }

  uint64(value: number): void {
    this.uint32(Math.floor(value / 2 ** 32));
    this.uint32(value >>> 0);
  }

  uvarint(value: number): void {
    this.#room(10);
    let left = value;
    while (left >= 128) {
      this.#bytes[this.length++] = (left % 128) | 128;
      left = Math.floor(left / 128);
    }
    this.#bytes[this.length++] = left;
  }

  varint(value: number): void {
    this.uvarint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** With its length in bytes before it. */
  string(text: string): void {
    const size = Buffer.byteLength(text);
    this.uvarint(size);
    this.#room(size);
    this.length += this.#bytes.write(text, this.length);
  }

  append(other: ByteWriter): void {
    const bytes = other.view();
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Zeros up to the next multiple. */
  align(to: number): void {
    while (this.length % to !== 0) this.byte(0);
  }

  /** The checksum of what was written since. */
  checksum(since: number): void {
    this.uint32(crc32c(this.#bytes, since, this.length));
  }

  /** A section: its length in four bytes, what `write` writes, and its checksum. */
  section(write: () => void): void {
    const start = this.length;
    this.uint32(0);
    write();
    this.#bytes.writeUInt32BE(this.length - start - 4, start);
    this.checksum(start + 4);
  }

  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
