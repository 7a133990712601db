import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** What Debian's packages ask before they start a service; 101 forbids it. */
const policyFile = "/usr/sbin/policy-rc.d";
const signature = "# Put here by watchbill while it installs packages.";
const forbidAll = `#!/bin/sh\n${signature}\nexit 101\n`;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Does the work while no Debian package may start a service. The machine's own policy is put back exactly as it was. */
export async function withoutServiceStarts<T>(work: () => Promise<T>, file = policyFile): Promise<T> {
  const kept = `${file}.before-watchbill`;
  // An earlier run was killed before it could clean up.
  restore(file, kept);
  if (exists(file)) renameSync(file, kept);
  writeFileSync(file, forbidAll, { mode: 0o755 });
  const leave = () => restore(file, kept);
  const endBySignal = (signal: NodeJS.Signals) => {
    leave();
    process.off(signal, endBySignal);
    process.kill(process.pid, signal);
  };
  process.once("exit", leave);
  for (const signal of signals) process.on(signal, endBySignal);
  try {
    return await work();
  } finally {
    leave();
    process.off("exit", leave);
    for (const signal of signals) process.off(signal, endBySignal);
  }
}

function restore(file: string, kept: string): void {
  if (exists(file) && isOurs(file)) rmSync(file);
  if (exists(kept) && !exists(file)) renameSync(kept, file);
}

function isOurs(file: string): boolean {
  try {
    return readFileSync(file, "utf8") === forbidAll;
  } catch {
    return false;
  }
}

/** A link that leads nowhere exists too. */
const exists = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;
