import { crc32c } from "./crc32c";

/** A file of a block is not what its format says. */
export class Damaged extends Error {}

/** Reads what `ByteWriter` writes. Throws `Damaged` past the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  at: number;
  readonly #end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    if (at < 0 || end > bytes.length || at > end) throw new Damaged("it ends too early");
    this.#bytes = bytes;
    this.at = at;
    this.#end = end;
  }

  #take(many: number): number {
    const from = this.at;
    if (from + many > this.#end) throw new Damaged("it ends too early");
    this.at += many;
    return from;
  }

  byte = () => this.#bytes[this.#take(1)]!;
  uint32 = () => this.#bytes.readUInt32BE(this.#take(4));
  uint64 = () => this.uint32() * 2 ** 32 + this.uint32();

  uvarint(): number {
    let [value, factor, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte >= 128);
    return value;
  }

  varint(): number {
    const value = this.uvarint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  string(): string {
    const size = this.uvarint();
    const from = this.#take(size);
    return this.#bytes.toString("utf8", from, from + size);
  }

  /** What is within so many bytes, which a checksum follows. */
  checked(size: number): ByteReader {
    const from = this.#take(size);
    if (this.uint32() !== crc32c(this.#bytes, from, from + size)) throw new Damaged("a checksum is wrong");
    return new ByteReader(this.#bytes, from, from + size);
  }

  /** A section: its length in four bytes, its content, its checksum. */
  section = () => this.checked(this.uint32());
}
