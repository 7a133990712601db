/** Writes bits, the highest first, into memory that is used again for each chunk. */
export class BitWriter {
  readonly bytes: Uint8Array;
  /** Whole bytes written so far. */
  length = 0;
  /** Bits that don't fill a byte yet, and how many they are (0 to 7). */
  #bits = 0;
  #many = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  /** The lowest bits of a number, 24 at most. */
  put(value: number, many: number): void {
    let bits = (this.#bits << many) | value;
    let left = this.#many + many;
    while (left >= 8) {
      left -= 8;
      this.bytes[this.length++] = bits >>> left;
    }
    bits &= (1 << left) - 1;
    this.#bits = bits;
    this.#many = left;
  }

  /** The lowest bits of a word of 32 bits. */
  putWord(word: number, many: number): void {
    if (many > 16) this.put((word >>> 16) & ((1 << (many - 16)) - 1), many - 16);
    this.put(many >= 16 ? word & 0xffff : word & ((1 << many) - 1), Math.min(many, 16));
  }

  /** A whole number of at most 53 bits, seven bits a byte, the lowest first (Go's `binary.PutUvarint`). */
  putUvarint(value: number): void {
    let left = value;
    while (left >= 128) {
      this.put((left % 128) | 128, 8);
      left = Math.floor(left / 128);
    }
    this.put(left, 8);
  }

  /** The same with a sign (zigzag, Go's `binary.PutVarint`). */
  putVarint(value: number): void {
    this.putUvarint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Fills the last byte up with zeros. */
  flush(): void {
    if (this.#many > 0) this.put(0, 8 - this.#many);
  }

  clear(): void {
    this.length = 0;
    this.#bits = 0;
    this.#many = 0;
  }
}
