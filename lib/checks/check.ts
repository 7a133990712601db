import type { Diagnostic } from "@watchbill/model";
import type { Watch } from "../backends/backend";

/** What a check can know besides the declarations. */
export interface Surroundings {
  /** Runbook pages there are, without their ending. */
  readonly runbooks: ReadonlySet<string>;
}

/** Looks for one kind of mistake; finds all of them, throws for none. */
export type Check = (watch: Watch, surroundings: Surroundings) => readonly Diagnostic[];

/** A mistake, in short. */
export const mistake = (
  code: string,
  path: string,
  at: Diagnostic["at"],
  message: string,
  hint: string,
): Diagnostic => ({ code, severity: "error", path, ...(at !== undefined && { at }), message, hint });

/** "a, b and c", for hints that name what exists. */
export const list = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? "none") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
