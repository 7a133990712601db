import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { repositoryRoot } from "../../lib/runtime/repository-root";

/** What never belongs into a copy of the checkout. */
const left = new Set(["node_modules", ".git", ".watchbill", "cdktf.out", "coverage"]);

/** A copy of this checkout, to be changed and broken. */
export class Checkout {
  readonly root = mkdtempSync(join(tmpdir(), "watchbill-checkout-"));

  constructor() {
    cpSync(repositoryRoot, this.root, {
      recursive: true,
      filter: (path) => !left.has(relative(repositoryRoot, path)),
    });
    symlinkSync(join(repositoryRoot, "node_modules"), join(this.root, "node_modules"));
  }

  /** Runs a command in it to its end. */
  spawn(command: string, words: readonly string[], variables: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
    return spawnSync(command, words, { cwd: this.root, env: { ...process.env, ...variables }, encoding: "utf8" });
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), "utf8");
  }

  /** Replaces a text in one of its files; it must be there. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.root, file);
    const before = readFileSync(path, "utf8");
    if (!before.includes(from)) throw new Error(`${file} lacks ${from}`);
    writeFileSync(path, before.replace(from, to));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
