import type { ContainerConfig, ContainerMounts } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { Network } from "@cdktf/provider-docker/lib/network";
import type { Volume } from "@cdktf/provider-docker/lib/volume";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { containerFolders } from "../../lib/runtime/docker/folders";
import { containerName, dataVolumeName, serverLabel, stackLabel, stackName } from "../../lib/runtime/docker/names";
import { nobody, type User } from "../../lib/runtime/docker/user";
import { repositoryRoot } from "../../lib/runtime/repository-root";
import type { Server } from "../../lib/runtime/server";
import { escapeTerraform } from "../../lib/terraform-text";
import { identify } from "../identity";
import type { DockerRuntimeConfig, DockerServerOptions } from "./options";

/** What the containers of an environment have in common. */
export class Surroundings extends Construct {
  readonly user: User;
  readonly repository: string;
  readonly secretsFolder: string;
  /** Name of Terraform's local value for that folder, if it is certain that Terraform itself can look into it. */
  readonly localSecretsFolder: string | undefined;
  private readonly bridge: Network | undefined;
  private readonly images = new Map<string, Image>();

  constructor(
    scope: Construct,
    private readonly config: DockerRuntimeConfig,
  ) {
    super(scope, "surroundings");
    this.user = config.user ?? nobody;
    this.repository = escapeTerraform(config.repository ?? repositoryRoot);
    this.secretsFolder = config.secretsFolder.replace(/\/$/, "");
    this.localSecretsFolder = config.host?.startsWith("unix:") ? this.addLocalSecretsFolder() : undefined;
    this.bridge = config.network === "host" ? undefined : this.addBridge();
  }

  private get stack(): string {
    return this.config.stack ?? stackName(this.config.environmentName);
  }

  /** What of them each container is made with. */
  get definition(): unknown {
    const { network, publishOn } = this.config;
    return { network, publishOn, user: this.user, secretsFolder: this.secretsFolder, repository: this.repository };
  }

  nameOf(server: string): string {
    return containerName(this.stack, server);
  }

  /** Under which the other containers reach a server. */
  addressOf(server: string): string {
    return this.bridge ? server : "127.0.0.1";
  }

  options(server: string): DockerServerOptions {
    const isAwaited = this.config.servers.some(({ after }) => after?.includes(server));
    return { ...(isAwaited && { wait: 60 }), ...this.config.options?.[server] };
  }

  labels(server?: string) {
    return [
      { label: "watchbill.environment", value: this.config.environmentName },
      ...(server === undefined ? [] : [{ label: serverLabel, value: server }]),
      ...(this.config.stack === undefined ? [] : [{ label: stackLabel, value: this.config.stack }]),
    ];
  }

  /** The image's name, once it is there. An image stays on the host when it is no longer used: others may use it. */
  image(name: string): string {
    const known = this.images.get(name);
    if (known) return known.name;
    const key = name.replace(/[^\w-]+/g, "-");
    const image = new Image(this, `image-${key}`, { name, keepLocally: true });
    identify(image, key);
    this.images.set(name, image);
    return image.name;
  }

  /** @param aliases names under which the container is found in the bridge */
  network(...aliases: string[]): Pick<ContainerConfig, "networkMode" | "networksAdvanced"> {
    if (!this.bridge) return { networkMode: "host" };
    return { networksAdvanced: [{ name: this.bridge.name, ...(aliases.length > 0 && { aliases }) }] };
  }

  ports(ports: Server["ports"]): Pick<ContainerConfig, "ports"> {
    const { publishOn = "127.0.0.1" } = this.config;
    if (!this.bridge || publishOn === false) return {};
    const numbers = [...new Set(Object.values(ports))].sort((a, b) => a - b);
    return { ports: numbers.map((port) => ({ internal: port, external: port, ip: publishOn, protocol: "tcp" })) };
  }

  configMount(volume: Volume, readOnly: boolean): ContainerMounts {
    return { type: "volume", source: volume.name, target: containerFolders.config, readOnly };
  }

  /** Docker itself makes this volume when it is first mounted: no resource, so destroying the stack keeps the data. */
  dataMount(server: string): ContainerMounts {
    return { type: "volume", source: dataVolumeName(this.stack, server), target: containerFolders.data };
  }

  secretsMount(): ContainerMounts {
    const source = escapeTerraform(this.secretsFolder);
    return { type: "bind", source, target: containerFolders.secrets, readOnly: true };
  }

  /** A condition in Terraform must refer to something. */
  private addLocalSecretsFolder(): string {
    const local = new TerraformLocal(this, "secrets-folder", escapeTerraform(this.secretsFolder));
    local.overrideLogicalId("secrets-folder");
    return local.friendlyUniqueId;
  }

  private addBridge(): Network {
    const network = new Network(this, "network", {
      name: this.stack,
      driver: "bridge",
      labels: this.labels(),
    });
    identify(network, this.config.environmentName);
    return network;
  }
}
