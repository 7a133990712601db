/** CRC-32 with Castagnoli's polynomial, as all sections of a block end with it; zlib's has another polynomial. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1;
  for (let index = start; index < end; index++) crc = (crc >>> 8) ^ table[(crc ^ bytes[index]!) & 255]!;
  return ~crc >>> 0;
}
