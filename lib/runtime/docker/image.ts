import type { PackagedProgram, Program } from "../server";
import { repositoryFolder } from "./folders";

/** Whole, so that a container is what was tried, today and in a year. */
const nodeImage = "node:20.20.2-slim";

export const imageOf = (program: Program) => (isPackaged(program) ? program.image : nodeImage);

/** How a program is called in its image; a packaged one is found on the image's own PATH, under its upstream name. */
export function commandOf(program: Program): readonly string[] {
  if (isPackaged(program)) return program.binaries.slice(0, 1);
  return ["node", "--import", "tsx", `${repositoryFolder}/${program.script}`];
}

export const isPackaged = (program: Program): program is PackagedProgram => "image" in program;
