import { type Diagnostic, DiagnosticsError, type Environment } from "@watchbill/model";
import { environments } from "../../environments";

const refuse = (code: string, path: string, message: string, hint: string) => {
  const diagnostic: Diagnostic = { code, severity: "error", path, message, hint };
  return new DiagnosticsError([diagnostic]);
};

/**
 * The environment of this name.
 *
 * @throws DiagnosticsError for a name that does not exist
 */
export function environmentNamed(name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const names = environments.map((environment) => environment.name).join(", ");
  throw refuse("unknown-environment", name, `there is no environment "${name}"`, `there are ${names}`);
}

/**
 * The environment of this name, which this machine is to run.
 *
 * @throws DiagnosticsError for a name that does not exist, or whose servers run elsewhere
 */
export function environmentHere(name: string): Environment {
  const found = environmentNamed(name);
  if (found.runtime === "local") return found;
  throw refuse("environment-elsewhere", name, `${name} does not run on this machine`, `npx cdktf deploy ${name}`);
}
