import { type Diagnostic, DiagnosticsError } from "@watchbill/model";
import { mistakesOf } from "./load-mistake";
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
  const others = found(root, compile).filter(({ severity, code }) => severity === "error" && code !== broken);
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

/** That something could not be loaded follows from its types. */
const broken = "declaration-broken";

function found(root: string, compile: () => readonly Diagnostic[]): readonly Diagnostic[] {
  try {
    return compile();
  } catch (error) {
    return mistakesOf(root, error);
  }
}
