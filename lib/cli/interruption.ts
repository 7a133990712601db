import type { ChildProcess } from "node:child_process";
import { basename } from "node:path";
import { listProcesses } from "../runtime/processes/proc";

const signals = ["SIGINT", "SIGTERM"] as const;
type Signal = (typeof signals)[number];

/** The exit code by which a shell knows that a command was ended by the signal. */
export const exitCodeOf = (signal: Signal) => (signal === "SIGINT" ? 130 : 143);

/**
 * Waits until a run of cdktf has ended, even when this process is told to end: whoever gets the prompt back shall find
 * nothing still at work. Terraform is asked to stop, by which it ends what it has begun and writes down what it did;
 * cdktf would leave it at once, and a Terraform that is cut off forgets what it has made.
 *
 * @param child in a process group of its own, or the terminal tells everybody at once
 * @returns its exit code, and the signal that came meanwhile
 */
export async function untilClosed(child: ChildProcess): Promise<{ code: number; interrupted?: Signal }> {
  let interrupted: Signal | undefined;
  const stop = (signal: Signal) => {
    // Terraform takes a second one for leave to drop everything.
    if (interrupted === undefined) askToStop(child);
    interrupted ??= signal;
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exit) => resolve(exit ?? 1));
    });
    return { code, ...(interrupted && { interrupted }) };
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Terraform, where it is at work; else cdktf, which has nothing to lose before and after. */
function askToStop(child: ChildProcess): void {
  const terraform = process.platform === "linux" ? terraformBelow(child.pid!) : [];
  if (terraform.length === 0) child.kill("SIGTERM");
  for (const pid of terraform) process.kill(pid, "SIGINT");
}

function terraformBelow(pid: number): number[] {
  const processes = listProcesses();
  const below = (parent: number): typeof processes =>
    processes.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid)
    .filter(({ command }) => basename(command[0] ?? "") === "terraform")
    .map((one) => one.pid);
}
