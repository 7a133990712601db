import type { Quantity } from "@watchbill/model";
import { formatDuration } from "./lapse";

/** A limit as a person reads it: `5%`, `2s`, `80 connections`. */
export function formatQuantity({ value, unit }: Quantity<string>): string {
  if (unit === "ratio") return `${Number((value * 100).toPrecision(6))}%`;
  if (unit === "seconds") return formatDuration({ value, unit: "seconds" });
  if (unit === "bytes") return `${Number((value / 1024 ** 2).toPrecision(4))} MiB`;
  return `${Number(value.toPrecision(6))} ${unit}`;
}
