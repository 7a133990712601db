import { createHash } from "node:crypto";

/** Twelve hexadecimal digits that change with the value, for names and labels. The order of its keys counts. */
export const hashOf = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
