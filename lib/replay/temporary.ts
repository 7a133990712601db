import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const endings = new Set<() => void>();
const folders = new Map<string, () => void>();
let watched = false;

/**
 * Does something at the end of this process, after Ctrl-C too, the latest first.
 *
 * @returns what calls it off
 */
export function atTheEnd(act: () => void): () => void {
  if (!watched) watchTheEnd();
  endings.add(act);
  return () => endings.delete(act);
}

function watchTheEnd(): void {
  watched = true;
  const actAll = () => {
    for (const act of [...endings].reverse()) act();
    endings.clear();
  };
  process.once("exit", actAll);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      actAll();
      process.kill(process.pid, signal);
    });
  }
}

/** A folder below the system's temporary one, for as long as this process lives. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `watchbill-${purpose}-`));
  folders.set(
    folder,
    atTheEnd(() => removeFolder(folder)),
  );
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.get(folder)?.();
  folders.delete(folder);
}
