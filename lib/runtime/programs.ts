import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { repositoryRoot } from "./repository-root";
import type { Program } from "./server";

/** First of the names that is an executable file on the PATH, as an absolute path. */
export function findBinary(names: readonly string[], path = process.env.PATH ?? ""): string | undefined {
  // Debian keeps daemons in /usr/sbin, which a plain user's PATH lacks.
  const folders = [...path.split(delimiter).filter((folder) => folder !== ""), "/usr/sbin"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** What to execute for a program: a binary, or Node with a script of this repository; undefined when it is not there. */
export function commandOf(program: Program): readonly string[] | undefined {
  if ("script" in program) {
    if (!existsSync(join(repositoryRoot, program.script))) return undefined;
    return [process.execPath, "--import", "tsx", program.script];
  }
  const binary = findBinary(program.binaries);
  return binary === undefined ? undefined : [binary];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
