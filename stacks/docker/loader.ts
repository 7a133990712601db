import { Container } from "@cdktf/provider-docker/lib/container";
import type { Volume } from "@cdktf/provider-docker/lib/volume";
import type { Precondition } from "cdktf";
import type { Construct } from "constructs";
import { incomingFolder } from "../../lib/runtime/docker/folders";
import { hashOf } from "../../lib/runtime/docker/hash";
import { imageOf } from "../../lib/runtime/docker/image";
import { loaderScript } from "../../lib/runtime/docker/loader-script";
import type { Server } from "../../lib/runtime/server";
import { escapeTerraform } from "../../lib/terraform-text";
import { identify } from "../identity";
import type { Surroundings } from "./surroundings";

interface Loader {
  readonly container: Container;
  /** Of all it does and brings: another content, another hash. */
  readonly hash: string;
}

/**
 * A container beside the server that brings its files and goes: changed files would otherwise mean a new container for
 * the server, a restart and a gap. Each content has a loader of its own, made before the last one is removed, so that
 * nothing is taken away until the new files are accepted. (Only a deploy that replaces the server itself, by a new image
 * say, removes its old container without waiting for that.)
 */
export function addLoader(
  scope: Construct,
  server: Server,
  around: Surroundings,
  configVolume: Volume | undefined,
): Loader | undefined {
  if (!configVolume && !server.keepsData && server.secrets.length === 0) return undefined;
  const program = server.check?.program ?? server.program;
  const image = imageOf(program);
  const { user, secretsFolder } = around;
  const script = loaderScript({ server, program, user, address: around.addressOf(server.name), secretsFolder });
  const files = Object.entries(server.files).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = hashOf([image, script, files]);

  const container = new Container(scope, "loader", {
    // Unique, or the last content could not come back while its old loader is still there, nor a failed one be repeated.
    name: `${around.nameOf(server.name)}-loader-${hash}-\${substr(uuid(), 0, 8)}`,
    image: around.image(image),
    entrypoint: ["/bin/sh", "-c"],
    command: [escapeTerraform(script)],
    user: "0:0",
    mustRun: false,
    attach: true,
    logs: true,
    // Without a terminal the provider mixes Docker's stream headers into the logs.
    tty: true,
    restart: "no",
    labels: around.labels(server.name),
    mounts: [
      ...(configVolume ? [around.configMount(configVolume, false)] : []),
      ...(server.keepsData ? [around.dataMount(server.name)] : []),
      ...(server.secrets.length > 0 ? [around.secretsMount()] : []),
    ],
    ...around.network(),
    upload: files.map(([path, content]) => ({
      file: escapeTerraform(`${incomingFolder}/${path}`),
      // The provider refuses an empty upload.
      content: escapeTerraform(content === "" ? "\n" : content),
    })),
    lifecycle: {
      createBeforeDestroy: true,
      ignoreChanges: ["name"],
      precondition: around.localSecretsFolder
        ? server.secrets.map((secret) => secretIsThere(server.name, secret, around))
        : [],
      postcondition: [
        {
          condition: `\${self.exit_code == 0}`,
          errorMessage: `${server.name}: its files were not loaded, and what runs is as it was.\n\${self.container_logs == null ? "" : replace(self.container_logs, "\\r", "")}`,
        },
      ],
    },
    // Marks a failed loader as tainted, which a condition does not: the next deploy tries again.
    provisioners: [{ type: "local-exec", command: `exit \${self.exit_code}` }],
  });
  identify(container, `${server.name}-loader`);
  return { container, hash };
}

/**
 * Looked at while planning, before anything is touched. What Terraform may not read, or can't, is left to the loader,
 * which looks again with root's eyes.
 */
function secretIsThere(server: string, secret: string, around: Surroundings): Precondition {
  const file = `"\${local.${around.localSecretsFolder}}/${escapeTerraform(secret)}"`;
  return {
    condition: `\${try(filebase64(${file}) != "", fileexists(${file}), true)}`,
    errorMessage: escapeTerraform(
      `${server}: the secret ${secret} is missing or empty; write it to ${around.secretsFolder}/${secret}.`,
    ),
  };
}
