import { type Diagnostic, DiagnosticsError, type Environment } from "@watchbill/model";
import { environments } from "../../environments";

/**
 * The environment of this name, which this machine is to run.
 *
 * @throws DiagnosticsError for a name that does not exist, or whose servers run elsewhere
 */
export function environmentHere(name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  const refuse = (code: string, message: string, hint: string) => {
    const diagnostic: Diagnostic = { code, severity: "error", path: name, message, hint };
    return new DiagnosticsError([diagnostic]);
  };
  if (found === undefined) {
    const names = environments.map((environment) => environment.name).join(", ");
    throw refuse("unknown-environment", `there is no environment "${name}"`, `there are ${names}`);
  }
  if (found.runtime === "local") return found;
  throw refuse("environment-elsewhere", `${name} does not run on this machine`, `npx cdktf deploy ${name}`);
}
