import { relative } from "node:path";
import { type App, LocalBackend } from "cdktf";
import type { CompiledEnvironment } from "../lib/compile";
import { stackName } from "../lib/runtime/docker/names";
import { repositoryRoot } from "../lib/runtime/repository-root";
import type { RuntimeKind } from "../lib/runtime/runtime-kind";
import { stateFolder } from "../lib/runtime/state-folder";
import { grafanaServer, serversOf } from "../lib/servers";
import { DatadogResources } from "./datadog-stack";
import { DockerRuntime } from "./docker-runtime";
import { GrafanaResources } from "./grafana-stack";
import { IndependentStack } from "./independent-stack";
import { ProcessesRuntime } from "./processes-runtime";

/** One environment as a Terraform stack: its servers, and what Grafana and Datadog are given. */
export class EnvironmentStack extends IndependentStack {
  /** @param socket of the Docker daemon, for `local` with the docker runtime */
  constructor(
    app: App,
    compiled: CompiledEnvironment,
    localRuntime: RuntimeKind,
    private readonly socket?: string,
  ) {
    const { environment } = compiled;
    super(app, environment.name);
    this.keepState(app, compiled);
    if (environment.runtime === "local") this.runLocally(compiled, localRuntime);
    else this.runOnDocker(compiled);
    if (compiled.data.datadog) new DatadogResources(this, "datadog", compiled.data.datadog);
  }

  /** State beside the servers' own, by a path that is relative to the synthesized stack: it is the same everywhere. */
  private keepState(app: App, { environment }: CompiledEnvironment): void {
    if (environment.state) {
      this.addOverride("terraform.backend", { [environment.state.backend]: environment.state.settings });
      return;
    }
    const folder = `${app.outdir}/stacks/${environment.name}`;
    new LocalBackend(this, { path: `${relative(folder, stateFolder(environment.name))}/terraform.tfstate` });
  }

  private runLocally(compiled: CompiledEnvironment, runtime: RuntimeKind): void {
    const { environment } = compiled;
    const state = stateFolder(environment.name);
    const servers = serversOf(compiled);
    if (runtime === "processes") {
      new ProcessesRuntime(this, "runtime", { servers, stateFolder: state });
      return;
    }
    new DockerRuntime(this, "runtime", {
      environmentName: environment.name,
      servers: [...servers, grafanaServer(compiled)],
      stack: stackName(environment.name, state),
      ...(this.socket !== undefined && { host: this.socket }),
      network: "host",
      secretsFolder: `${state}/secrets`,
      repository: repositoryRoot,
      // Whoever runs this may read the secrets; another user of the machine may not.
      ...(process.getuid && process.getgid && { user: { uid: process.getuid(), gid: process.getgid() } }),
      options: { node: { seesHost: true, extraArguments: ["--path.rootfs=/host"] } },
    });
  }

  private runOnDocker(compiled: CompiledEnvironment): void {
    const { environment, data } = compiled;
    const withGrafana = data.grafana !== undefined;
    const runtime = new DockerRuntime(this, "runtime", {
      environmentName: environment.name,
      servers: [...serversOf(compiled), ...(withGrafana ? [grafanaServer(compiled)] : [])],
      publishOn: environment.listen,
      secretsFolder: environment.secrets,
      ...(environment.dockerHost !== undefined && { host: environment.dockerHost }),
      // Its first start makes its database, which takes minutes on a slow disk.
      options: { grafana: { wait: 300 } },
    });
    if (!data.grafana) return;
    new GrafanaResources(this, "grafana", { ...data.grafana, dependsOn: [runtime.server("grafana")] });
  }
}
