import { DiagnosticsError, formatDiagnostic, refuseErrors } from "@watchbill/model";
import { App } from "cdktf";
import { compileAll } from "./lib/compile-all";
import { surroundings } from "./lib/project";
import { localSocket } from "./lib/runtime/docker/daemon";
import { repositoryRoot } from "./lib/runtime/repository-root";
import { localRuntime } from "./lib/runtime/runtime-kind";
import { stateFolder } from "./lib/runtime/state-folder";
import { withCheapTraces } from "./stacks/cheap-traces";
import { EnvironmentStack } from "./stacks/environment-stack";

/** One Terraform stack an environment, named after it. Nothing is synthesized as long as there is a mistake anywhere. */
function synthesize(): void {
  // Loaded here, since what a declaration throws on loading (a bad setting) is a user's mistake as well.
  const { environments } = require("./environments") as typeof import("./environments");
  const { compiled, diagnostics } = compileAll(environments, surroundings(repositoryRoot, process.env));
  refuseErrors(diagnostics);
  for (const line of new Set(diagnostics.map(formatDiagnostic))) console.error(line);
  withCheapTraces(() => {
    const app = new App();
    for (const one of compiled) {
      const { name, runtime } = one.environment;
      if (runtime !== "local") new EnvironmentStack(app, one, "docker");
      else new EnvironmentStack(app, one, localRuntime(stateFolder(name)), localSocket());
    }
    app.synth();
  });
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
