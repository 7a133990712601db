import { DiagnosticsError, refuseErrors } from "@watchbill/model";
import { App } from "cdktf";
import { environments } from "./environments";
import { compile } from "./lib/compile";
import { surroundings } from "./lib/project";
import { EnvironmentStack } from "./stacks/environment-stack";

/** One Terraform stack an environment, named after it. Nothing is synthesized as long as there is a mistake anywhere. */
function synthesize(): void {
  const around = surroundings();
  const compiled = environments.map((environment) => compile(environment, around));
  refuseErrors(compiled.flatMap(({ diagnostics }) => diagnostics));
  const app = new App();
  for (const one of compiled) new EnvironmentStack(app, one);
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
