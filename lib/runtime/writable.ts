import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "@watchbill/model";
import { readable, repositoryRoot } from "./repository-root";

/** More than a file system keeps in an entry of the folder itself, so that a full disk shows. */
const probe = "x".repeat(64 * 1024);

/**
 * What a deploy has to write to and can't, a line for each of the two folders: after one `sudo npm run up`, all of it is
 * root's. Nothing is created that stays.
 *
 * @param needsRoom whether a full disk is a mistake, too; it keeps nobody from ending what runs
 */
export function unwritableFolders(
  environment: string,
  state: string,
  { needsRoom, outdir = join(repositoryRoot, "cdktf.out") }: { needsRoom: boolean; outdir?: string },
): Diagnostic[] {
  const places: readonly (readonly [string, readonly string[]])[] = [
    [state, ["", "logs", "servers", "data"]],
    [outdir, ["", "stacks", `stacks/${environment}`]],
  ];
  return places.flatMap(([folder, below]) => {
    const problem = firstProblem(
      below.map((path) => join(folder, path)),
      needsRoom,
    );
    if (problem === undefined) return [];
    const [message, hint] = wordsFor(problem, folder);
    return [{ code: "state-not-writable", severity: "error", path: environment, message, hint }];
  });
}

function firstProblem(folders: readonly string[], needsRoom: boolean): NodeJS.ErrnoException | undefined {
  try {
    for (const folder of folders) look(folder, needsRoom);
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function look(folder: string, needsRoom: boolean): void {
  const there = nearestThere(folder);
  const file = join(there, `.watchbill-${process.pid}`);
  try {
    writeFileSync(file, needsRoom ? probe : "");
  } finally {
    // It may be there with a part of what it was to hold. Below a file there is none to be removed.
    if (statSync(there).isDirectory()) rmSync(file, { force: true });
  }
  if (there !== folder) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // Opened, not asked about: that goes by the same user as writing to it does.
    if (entry.isFile()) closeSync(openSync(path, "r+"));
    if (entry.isDirectory()) accessSync(path, constants.W_OK);
  }
}

/** The folder, or the one that it will be made in. */
const nearestThere = (folder: string): string => (existsSync(folder) ? folder : nearestThere(dirname(folder)));

function wordsFor({ code, message }: NodeJS.ErrnoException, folder: string): readonly [message: string, hint: string] {
  const name = readable(folder);
  switch (code) {
    case "EACCES":
    case "EPERM": {
      const owner = `${process.getuid?.()}:${process.getgid?.()}`;
      return [
        `${name} belongs to another user, so that nothing can be written there`,
        `sudo chown -R ${owner} ${name}`,
      ];
    }
    case "ENOSPC":
    case "EDQUOT":
      return [`${name} can't be written to: the disk is full`, "make room, then run the same command again"];
    default:
      return [`${name} can't be written to: ${message}`, "make it a folder that can be"];
  }
}
