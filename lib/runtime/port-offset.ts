import { DiagnosticsError } from "@watchbill/model";

/**
 * How far the local stack's ports are moved, so that two of them fit on one machine: WATCHBILL_PORT_OFFSET, a whole
 * number from 0 to 50000. Default: 0. Throws a `DiagnosticsError` for anything else.
 */
export function portOffset(value: string | undefined): number {
  if (value === undefined || value === "") return 0;
  const offset = Number(value);
  if (Number.isInteger(offset) && offset >= 0 && offset <= 50_000) return offset;
  throw new DiagnosticsError([
    {
      code: "port-offset",
      severity: "error",
      path: "WATCHBILL_PORT_OFFSET",
      message: `"${value}" is no port offset`,
      hint: "set it to a whole number from 0 to 50000, or leave it out",
    },
  ]);
}
