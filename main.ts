import { DiagnosticsError, formatDiagnostic, refuseErrors } from "@watchbill/model";
import { App } from "cdktf";
import { compileAll } from "./lib/compile-all";
import { mistakesOf } from "./lib/loading/load-mistake";
import { refuseMistyped } from "./lib/loading/well-typed";
import { surroundings } from "./lib/project";
import { localSocket } from "./lib/runtime/docker/daemon";
import { repositoryRoot } from "./lib/runtime/repository-root";
import { localRuntime } from "./lib/runtime/runtime-kind";
import { stateFolder } from "./lib/runtime/state-folder";
import { withCheapTraces } from "./stacks/cheap-traces";
import { EnvironmentStack } from "./stacks/environment-stack";

function compileDeclared() {
  // Loaded here, since what a declaration throws on loading (a bad setting) is a user's mistake as well.
  const { environments } = require("./environments") as typeof import("./environments");
  return compileAll(environments, surroundings(repositoryRoot, process.env));
}

/** One Terraform stack an environment, named after it. Nothing is synthesized as long as there is a mistake anywhere. */
function synthesize(): void {
  refuseMistyped(repositoryRoot, () => compileDeclared().diagnostics);
  const { compiled, diagnostics } = compileDeclared();
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
  const mistakes = mistakesOf(repositoryRoot, error);
  if (mistakes.length === 0) throw error;
  console.error(new DiagnosticsError(mistakes).message);
  process.exitCode = 1;
}
