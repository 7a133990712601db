import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { DockerRuntimeConfig } from "./docker/options";
import { DockerServer } from "./docker/server";
import { Surroundings } from "./docker/surroundings";

/** Runs an environment's servers as containers of one Docker host. */
export class DockerRuntime extends Construct {
  private readonly servers = new Map<string, DockerServer>();

  constructor(scope: Construct, id: string, config: DockerRuntimeConfig) {
    super(scope, id);
    // Without a word about the context, the provider lets DOCKER_CONTEXT of the shell win over the host.
    new DockerProvider(this, "provider", config.host === undefined ? {} : { host: config.host, context: "" });
    const around = new Surroundings(this, config);
    for (const server of config.servers) {
      const first = (server.after ?? []).flatMap((name) => this.servers.get(name)?.container ?? []);
      this.servers.set(server.name, new DockerServer(this, server, around, first));
    }
  }

  /** For the `dependsOn` of what needs a server to be there first. */
  server(name: string): ITerraformDependable {
    const server = this.servers.get(name);
    if (!server) throw new Error(`The environment has no server "${name}"`);
    return server.container;
  }
}
