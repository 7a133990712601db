import { readFileSync } from "node:fs";
import { docker } from "./client";

/** Name of the container that a process of this machine belongs to, if it does and Docker tells. */
export function containerOf(pid: number): string | undefined {
  const id = /\b[0-9a-f]{64}\b/.exec(cgroupOf(pid))?.[0];
  if (id === undefined) return undefined;
  const { ok, printed } = docker(["inspect", "--format", "{{.Name}}", id]);
  return ok ? printed.replace(/^\//, "") : undefined;
}

function cgroupOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, "utf8");
  } catch {
    return "";
  }
}
