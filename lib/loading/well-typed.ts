import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { typeErrors } from "./type-errors";

/**
 * Refuses declarations that are not what their types say, and tells of everything else that is wrong with them in the same
 * breath.
 *
 * @param compile all that is found wrong without the types; it may throw, as what is mistyped does
 * @throws DiagnosticsError
 */
export function refuseMistyped(root: string, compile: () => readonly Diagnostic[], begins?: () => void): void {
  const mistyped = typeErrors(root, begins);
  if (mistyped.length === 0) return;
  const others = found(compile).filter(({ severity }) => severity === "error");
  // A mistake that is known by name says more than its type.
  const untold = mistyped.filter((one) => !others.some((other) => isSame(one, other)));
  throw new DiagnosticsError([...others, ...untold]);
}

/** Whether both are about one line, or about one name in one file. */
function isSame(mistyped: Diagnostic, other: Diagnostic): boolean {
  const [one, another] = [`${mistyped.at}`, `${other.at}`];
  if (one === another) return true;
  const [name] = /(?<=')[\w-]+(?=')/.exec(mistyped.message) ?? [];
  const fileOf = (at: string) => at.replace(/:\d+$/, "");
  return name !== undefined && fileOf(one) === fileOf(another) && other.message.includes(`"${name}"`);
}

/** What is gathered; that something could not be loaded or compiled at all follows from its types. */
function found(compile: () => readonly Diagnostic[]): readonly Diagnostic[] {
  try {
    return compile();
  } catch (error) {
    return error instanceof DiagnosticsError ? error.diagnostics : [];
  }
}
