import { createHash } from "node:crypto";

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID that is the same for the same time and content: 48 bits of milliseconds, 80 bits of the content's hash. */
export function ulid(time: number, content: string | Uint8Array): string {
  const hash = createHash("sha256").update(content).digest().subarray(0, 10);
  let number = (BigInt(time) << 80n) | BigInt(`0x${hash.toString("hex")}`);
  let text = "";
  for (let index = 0; index < 26; index++) {
    text = digits[Number(number & 31n)]! + text;
    number >>= 5n;
  }
  return text;
}
