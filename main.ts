import { DiagnosticsError, refuseErrors } from "@watchbill/model";
import { App } from "cdktf";
import { compile } from "./lib/compile";
import { surroundings } from "./lib/project";
import { localRuntime } from "./lib/runtime/runtime-kind";
import { stateFolder } from "./lib/runtime/state-folder";
import { EnvironmentStack } from "./stacks/environment-stack";

/** One Terraform stack an environment, named after it. Nothing is synthesized as long as there is a mistake anywhere. */
function synthesize(): void {
  // Loaded here, since what a declaration throws on loading (a bad setting) is a user's mistake as well.
  const { environments } = require("./environments") as typeof import("./environments");
  const around = surroundings();
  const compiled = environments.map((environment) => compile(environment, around));
  refuseErrors(compiled.flatMap(({ diagnostics }) => diagnostics));
  const app = new App();
  for (const one of compiled) {
    const { name, runtime } = one.environment;
    new EnvironmentStack(app, one, runtime === "local" ? localRuntime(stateFolder(name)) : "docker");
  }
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
