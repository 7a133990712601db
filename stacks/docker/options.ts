import type { User } from "../../lib/runtime/docker/user";
import type { Server } from "../../lib/runtime/server";

export interface DockerRuntimeConfig {
  readonly environmentName: string;
  /** First part of all names in Docker, where several stacks share a host. Default: `watchbill-<environment>`. */
  readonly stack?: string;
  readonly servers: readonly Server[];
  /**
   * `unix:///var/run/docker.sock`, `ssh://deploy@watch.example`. Default: DOCKER_HOST of the environment, else the
   * socket of this machine.
   */
  readonly host?: string;
  /**
   * `bridge`: a network of their own, in which a server is found under its name and must listen on 0.0.0.0. `host`: the
   * Docker host's own network, for servers that listen on loopback, as the processes runtime has them. Default: bridge.
   */
  readonly network?: "bridge" | "host";
  /** Address of the Docker host on which ports are published; false for none. Only in a bridge. Default: 127.0.0.1. */
  readonly publishOn?: string | false;
  /** Absolute, on the Docker host: one file a secret. */
  readonly secretsFolder: string;
  /** Who runs the servers; must be able to read the secrets. Default: 65534:65534. */
  readonly user?: User;
  /** Absolute, on the Docker host: where it has this repository, for servers that are Node scripts. Default: here. */
  readonly repository?: string;
  /** By the server's name. */
  readonly options?: Readonly<Record<string, DockerServerOptions>>;
}

export interface DockerServerOptions {
  /** Mebibytes; the kernel kills the server beyond it. Default: unlimited. */
  readonly memory?: number;
  /** Cores: 0.5. Default: unlimited. */
  readonly cpus?: number;
  /** Seconds that Terraform waits until it is ready, for resources that are made inside it. Default: not at all. */
  readonly wait?: number;
  /** Behind the server's own: what it needs only in a container. */
  readonly extraArguments?: readonly string[];
  /** Mounts the Docker host's root folder at /host, read-only, and shows its processes: for node_exporter with `--path.rootfs=/host`. */
  readonly seesHost?: boolean;
}
