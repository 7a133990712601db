import { Container, type ContainerConfig, type ContainerMounts } from "@cdktf/provider-docker/lib/container";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import { containerFolders, repositoryFolder } from "../../lib/runtime/docker/folders";
import { hashOf } from "../../lib/runtime/docker/hash";
import { httpRequest } from "../../lib/runtime/docker/http-request";
import { commandOf, imageOf, isPackaged } from "../../lib/runtime/docker/image";
import { fill } from "../../lib/runtime/placeholders";
import type { Server } from "../../lib/runtime/server";
import { escapeTerraform } from "../../lib/terraform-text";
import { identify } from "../identity";
import { addLoader } from "./loader";
import type { DockerServerOptions } from "./options";
import type { Surroundings } from "./surroundings";

/** One server: its container, the volume with its configuration and the loader that fills it. `first` are made before it. */
export class DockerServer extends Construct {
  readonly container: Container;

  constructor(
    scope: Construct,
    private readonly server: Server,
    private readonly around: Surroundings,
    first: readonly Container[] = [],
  ) {
    super(scope, server.name);
    const { name } = server;
    const options = around.options(name);
    const configVolume = Object.keys(server.files).length > 0 ? this.addConfigVolume() : undefined;
    const mounts = [...this.mounts(options), ...(configVolume ? [around.configMount(configVolume, true)] : [])];
    const loader = addLoader(this, server, around, configVolume);
    const readsAnew = server.reload !== undefined || server.rereads === true;
    const restartsWith = !readsAnew && configVolume ? loader?.hash : undefined;

    this.container = new Container(this, "container", {
      name: around.nameOf(name),
      image: around.image(imageOf(server.program)),
      ...this.command(options),
      env: escapeTerraform(this.environment()),
      user: `${around.user.uid}:${around.user.gid}`,
      restart: "unless-stopped",
      // Without it the provider kills: Prometheus writes down what it has in memory as it stops.
      destroyGraceSeconds: 60,
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      // Docker adds the label itself where processes of the host are seen; unsaid, each deploy would replace the container.
      securityOpts: ["no-new-privileges:true", ...(options.seesHost ? ["label=disable"] : [])],
      capabilities: { drop: ["ALL"] },
      labels: [
        ...around.labels(name),
        { label: "watchbill.definition", value: this.definition(options, restartsWith) },
      ],
      mounts,
      ...around.network(name),
      ...around.ports(server.ports),
      ...this.health(options),
      ...limits(options),
      ...(options.seesHost && { pidMode: "host" }),
      dependsOn: [...(loader ? [loader.container] : []), ...first],
    });
    identify(this.container, name);
  }

  /**
   * Changes with whatever needs a new container: with the files too, if the server can't reload them. A label that
   * changes replaces the container, while the provider takes note of other mounts or health checks without acting.
   */
  private definition({ memory, wait, ...options }: DockerServerOptions, files: string | undefined): string {
    const { files: _, check, reload, rereads, after, ...server } = this.server;
    return hashOf([server, this.around.definition, options, files]);
  }

  private addConfigVolume(): Volume {
    const { server, around } = this;
    const volume = new Volume(this, "config", {
      name: `${around.nameOf(server.name)}-config`,
      labels: around.labels(server.name),
    });
    identify(volume, `${server.name}-config`);
    return volume;
  }

  private mounts(options: DockerServerOptions): ContainerMounts[] {
    const { server, around } = this;
    const mounts: ContainerMounts[] = [];
    if (server.keepsData) mounts.push(around.dataMount(server.name));
    else if (this.mentionsData()) mounts.push({ type: "tmpfs", target: containerFolders.data });
    if (server.secrets.length > 0) mounts.push(around.secretsMount());
    if (!isPackaged(server.program)) mounts.push(bound(around.repository, repositoryFolder));
    if (options.seesHost) mounts.push(bound("/", "/host"));
    return mounts;
  }

  private mentionsData(): boolean {
    const { server } = this;
    return [...server.arguments, ...Object.values(server.environment ?? {})].some((text) => text.includes("{data}"));
  }

  private command({ extraArguments = [] }: DockerServerOptions): Pick<ContainerConfig, "command" | "workingDir"> {
    const { program, arguments: given } = this.server;
    const filled = [...given, ...extraArguments].map((word) => fill(word, containerFolders));
    if (isPackaged(program)) return { command: escapeTerraform(filled) };
    return { command: escapeTerraform([...commandOf(program), ...filled]), workingDir: repositoryFolder };
  }

  private environment(): string[] {
    const variables = Object.entries(this.server.environment ?? {});
    return variables.map(([name, value]) => `${name}=${fill(value, containerFolders)}`).sort();
  }

  private health({ wait }: DockerServerOptions): Pick<ContainerConfig, "healthcheck" | "wait"> {
    const { ready, ports, program } = this.server;
    if (ready === undefined || ports.http === undefined) return {};
    const request = httpRequest(program, "GET", `http://127.0.0.1:${ports.http}${ready}`);
    const test = escapeTerraform(["CMD", ...request]);
    return {
      healthcheck: { test, interval: "5s", timeout: "5s", retries: 3, startPeriod: "30s" },
      ...(wait !== undefined && { wait: true, waitTimeout: wait }),
    };
  }
}

const bound = (source: string, target: string): ContainerMounts => ({ type: "bind", source, target, readOnly: true });

/** By quota: the provider reads `cpus` back in another unit and would replace the container on each deploy. */
function limits({ memory, cpus }: DockerServerOptions): Partial<ContainerConfig> {
  return {
    ...(memory !== undefined && { memory, memorySwap: memory }),
    ...(cpus !== undefined && { cpuPeriod: 100_000, cpuQuota: Math.round(cpus * 100_000) }),
  };
}
