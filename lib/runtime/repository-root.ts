import { relative, resolve } from "node:path";

/** The folder of the checkout: scripts run in it, and paths of the declaration are relative to it. */
export const repositoryRoot = resolve(__dirname, "../..");

/** A path as a user would type it in the checkout, where it is in there. */
export function readable(file: string): string {
  const path = relative(repositoryRoot, file);
  return path.startsWith("..") ? file : path;
}
