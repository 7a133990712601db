import type { Diagnostic } from "@watchbill/model";
import type { Watch } from "../backends/backend";

/** What a check can know besides the declarations. */
export interface Surroundings {
  /** Runbook pages there are, without their ending. */
  readonly runbooks: ReadonlySet<string>;
  /** Milliseconds since 1970; without it nothing is past. Only warnings may depend on it. */
  readonly now?: number;
  /** What sets the variables of an environment, by its name. Default: nothing does. */
  readonly variables?: (environment: string) => Variables;
  /** Variables of the command that is run, by name: they stand in for the environments' own. Default: none. */
  readonly command?: Readonly<Record<string, string | undefined>>;
}

/** Texts of variables by their names, each with the file and line that it is from. */
export type Variables = ReadonlyMap<string, { readonly text: string; readonly at: string }>;

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
