import { compileAll } from "../compile-all";
import { refuseMistyped } from "../loading/well-typed";
import { surroundings } from "../project";
import { repositoryRoot } from "../runtime/repository-root";

/** Refuses what this checkout's types refuse, and says meanwhile why nothing happens. */
export function refuseMistypedHere(): void {
  const compile = () => {
    const { environments } = require("../../environments") as typeof import("../../environments");
    return compileAll(environments, surroundings()).diagnostics;
  };
  const { isTTY } = process.stderr;
  const waiting = () => isTTY && process.stderr.write("  … checking types");
  const clear = () => isTTY && process.stderr.write("\r\x1b[2K");
  try {
    refuseMistyped(repositoryRoot, compile, waiting);
  } finally {
    clear();
  }
}
