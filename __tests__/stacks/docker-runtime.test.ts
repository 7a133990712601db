// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is how Terraform writes a reference.
import type { Server } from "../../lib/runtime/server";
import type { DockerRuntimeConfig } from "../../stacks/docker/options";
import { DockerRuntime } from "../../stacks/docker-runtime";
import { synthesize } from "../support/synthesize";

const program = { binaries: ["prometheus"], debian: "prometheus", image: "prom/prometheus:v3.5.0" };
const prometheus: Server = {
  name: "prometheus",
  program,
  arguments: ["--config.file={config}/prometheus.yml", "--storage.tsdb.path={data}"],
  ports: { http: 9090 },
  ready: "/-/ready",
  files: { "prometheus.yml": "replacement: ${1}", "rules/tickets.yml": "groups: []" },
  check: { program: { ...program, binaries: ["promtool"] }, arguments: ["check", "config", "{config}/prometheus.yml"] },
  reload: "/-/reload",
  keepsData: true,
  secrets: [],
};
const inbox: Server = {
  name: "inbox",
  program: { script: "lib/inbox/main.ts" },
  arguments: [],
  environment: { INBOX_PORT: "9099", INBOX_FILE: "{data}/messages.jsonl" },
  ports: { http: 9099, smtp: 9025 },
  files: { "inbox.json": "{}" },
  keepsData: false,
  secrets: ["inbox-key"],
};

const run = (servers: readonly Server[], config: Partial<DockerRuntimeConfig> = {}) =>
  synthesize(
    (scope) =>
      new DockerRuntime(scope, "runtime", {
        environmentName: "production",
        servers,
        secretsFolder: "/etc/watchbill/secrets",
        repository: "/srv/watchbill",
        ...config,
      }),
  );
const containersOf = (...given: Parameters<typeof run>) => run(...given).resource.docker_container ?? {};
const targets = (container: { mounts: { target: string }[] }) => container.mounts.map(({ target }) => target);

describe("the docker runtime", () => {
  test("speaks to the host that the environment names whatever the shell's context, and to DOCKER_HOST otherwise", () => {
    const host = "ssh://deploy@monitoring.example.com";
    const { provider, terraform } = run([prometheus], { host });
    expect(terraform.required_providers.docker).toEqual({ source: "kreuzwerker/docker", version: "3.6.2" });
    expect(provider.docker).toEqual([{ host, context: "" }]);
    expect(run([prometheus]).provider.docker).toEqual([{}]);
  });

  test("who watches is made once what it watches is ready", () => {
    const { inbox: made, prometheus: watching } = containersOf([
      { ...inbox, ready: "/-/ready" },
      { ...prometheus, after: ["inbox"] },
    ]);
    expect(made).toMatchObject({ wait: true, wait_timeout: 60 });
    expect(watching.depends_on).toEqual(["docker_container.prometheus-loader", "docker_container.inbox"]);
    expect(watching).not.toHaveProperty("wait");
  });

  test("changed files make a new loader and leave the server's container alone", () => {
    const before = run([prometheus, inbox]).resource;
    const files = { ...prometheus.files, "rules/tickets.yml": "groups: [changed]" };
    const after = run([{ ...prometheus, files }, inbox]).resource;
    const { "prometheus-loader": former, ...others } = before.docker_container ?? {};
    const { "prometheus-loader": latter, ...sameOthers } = after.docker_container ?? {};
    expect(latter.name).not.toBe(former.name);
    expect(sameOthers).toEqual(others);
    expect({ ...after, docker_container: {} }).toEqual({ ...before, docker_container: {} });
  });

  test("a server that can't reload gets a new container with its new files", () => {
    const before = containersOf([inbox]);
    const after = containersOf([{ ...inbox, files: { "inbox.json": "[]" } }]);
    expect(after.inbox.labels).not.toEqual(before.inbox.labels);
    expect({ ...after.inbox, labels: [] }).toEqual({ ...before.inbox, labels: [] });
  });

  test("one that notices new files by itself keeps its container", () => {
    const before = containersOf([{ ...inbox, rereads: true }]);
    const after = containersOf([{ ...inbox, rereads: true, files: { "inbox.json": "[]" } }]);
    expect(after.inbox).toEqual(before.inbox);
    expect(after["inbox-loader"]).not.toEqual(before["inbox-loader"]);
  });

  test("whatever the provider would not change in a running container replaces it", () => {
    const label = (server: Server, config = {}) => JSON.stringify(containersOf([server], config).prometheus.labels);
    const labels = [
      label(prometheus),
      label({ ...prometheus, ready: "/-/healthy" }),
      label({ ...prometheus, secrets: ["slack"] }),
      label(prometheus, { secretsFolder: "/elsewhere" }),
      label(prometheus, { options: { prometheus: { cpus: 2 } } }),
    ];
    expect(new Set(labels).size).toBe(labels.length);
    expect(label(prometheus, { options: { prometheus: { memory: 512 } } })).toBe(labels[0]);
  });

  test("a resource keeps its name whatever stands before it", () => {
    const alone = run([prometheus]).resource;
    const second = run([inbox, prometheus]).resource;
    expect(Object.keys(alone.docker_container ?? {})).toEqual(["prometheus", "prometheus-loader"]);
    for (const [type, resources] of Object.entries(alone)) expect(second[type]).toMatchObject(resources);
  });

  test("the loader runs the check of the new files and its failure stops the deploy and is repeated by the next", () => {
    const { "prometheus-loader": loader, prometheus: server } = containersOf([prometheus]);
    expect(loader).toMatchObject({
      name: expect.stringMatching(
        /^watchbill-production-prometheus-loader-[0-9a-f]{12}-\$\{substr\(uuid\(\), 0, 8\)\}$/,
      ),
      must_run: false,
      attach: true,
      logs: true,
      provisioner: [{ "local-exec": { command: "exit ${self.exit_code}" } }],
      lifecycle: {
        create_before_destroy: true,
        ignore_changes: ["name"],
        postcondition: [
          {
            condition: "${self.exit_code == 0}",
            error_message: expect.stringContaining(
              "prometheus: its files were not loaded, and what runs is as it was.",
            ),
          },
        ],
      },
    });
    expect(loader.command[0]).toContain("promtool check config /watchbill/incoming/prometheus.yml");
    expect(server.depends_on).toEqual(["docker_container.prometheus-loader"]);
  });

  test("files reach the loader as they were written", () => {
    const { "prometheus-loader": loader } = containersOf([
      { ...prometheus, files: { "a.yml": "${1} %{x}", empty: "" } },
    ]);
    expect(loader.upload).toEqual([
      { file: "/watchbill/incoming/a.yml", content: "$${1} %%{x}" },
      { file: "/watchbill/incoming/empty", content: "\n" },
    ]);
  });

  test("a server reads its configuration, cannot write it, and owns nothing but its data", () => {
    const { prometheus: server } = containersOf([prometheus]);
    expect(server.command).toEqual([
      "--config.file=/watchbill/config/prometheus.yml",
      "--storage.tsdb.path=/watchbill/data",
    ]);
    expect(server.mounts).toEqual([
      { type: "volume", source: "watchbill-production-prometheus-data", target: "/watchbill/data" },
      {
        type: "volume",
        source: "${docker_volume.prometheus-config.name}",
        target: "/watchbill/config",
        read_only: true,
      },
    ]);
    expect(server).toMatchObject({
      user: "65534:65534",
      restart: "unless-stopped",
      destroy_grace_seconds: 60,
      capabilities: { drop: ["ALL"] },
      log_opts: { "max-size": "10m", "max-file": "3" },
    });
  });

  test("the data outlives the stack: its volume is no resource", () => {
    expect(Object.keys(run([prometheus]).resource.docker_volume ?? {})).toEqual(["prometheus-config"]);
  });

  test("ports are published on loopback only, on another address if the environment says so, or not at all", () => {
    const ports = (config: Partial<DockerRuntimeConfig>) => containersOf([inbox], config).inbox.ports;
    expect(ports({})).toEqual([
      { internal: 9025, external: 9025, ip: "127.0.0.1", protocol: "tcp" },
      { internal: 9099, external: 9099, ip: "127.0.0.1", protocol: "tcp" },
    ]);
    expect(ports({ publishOn: "10.0.0.4" })[0].ip).toBe("10.0.0.4");
    expect(ports({ publishOn: false })).toBeUndefined();
  });

  test("servers find each other by name in a network of their own", () => {
    const { prometheus: server, "prometheus-loader": loader } = containersOf([prometheus]);
    expect(server.networks_advanced).toEqual([{ name: "${docker_network.production.name}", aliases: ["prometheus"] }]);
    expect(loader.command[0]).toContain("http://prometheus:9090/-/reload");
  });

  test("on the host's network nothing is published and the loader speaks to loopback", () => {
    const { resource } = run([prometheus], { network: "host" });
    const { prometheus: server, "prometheus-loader": loader } = resource.docker_container ?? {};
    expect(resource.docker_network).toBeUndefined();
    expect(server).toMatchObject({ network_mode: "host" });
    expect(server.ports).toBeUndefined();
    expect(loader.network_mode).toBe("host");
    expect(loader.command[0]).toContain("http://127.0.0.1:9090/-/reload");
  });

  test("a script of the repository runs in Node's image with the repository read-only", () => {
    const { inbox: server } = containersOf([inbox]);
    expect(server).toMatchObject({
      image: "${docker_image.node-20-20-2-slim.name}",
      command: ["node", "--import", "tsx", "/watchbill/repository/lib/inbox/main.ts"],
      working_dir: "/watchbill/repository",
      env: ["INBOX_FILE=/watchbill/data/messages.jsonl", "INBOX_PORT=9099"],
    });
    expect(server.mounts).toContainEqual({
      type: "bind",
      source: "/srv/watchbill",
      target: "/watchbill/repository",
      read_only: true,
    });
    expect(server.mounts).toContainEqual({ type: "tmpfs", target: "/watchbill/data" });
  });

  test("secrets are mounted read-only where they are named, and their values are nowhere", () => {
    const { inbox: server, prometheus: other } = containersOf([prometheus, inbox]);
    expect(server.mounts).toContainEqual({
      type: "bind",
      source: "/etc/watchbill/secrets",
      target: "/watchbill/secrets",
      read_only: true,
    });
    expect(targets(other)).not.toContain("/watchbill/secrets");
  });

  test("where Terraform sees the secrets' folder, a missing one is found while planning", () => {
    const here = run([inbox], { host: "unix:///var/run/docker.sock" });
    expect(here.locals).toEqual({ "secrets-folder": "/etc/watchbill/secrets" });
    expect(here.resource.docker_container?.["inbox-loader"].lifecycle.precondition).toEqual([
      {
        condition: expect.stringContaining('filebase64("${local.secrets-folder}/inbox-key")'),
        error_message: "inbox: the secret inbox-key is missing or empty; write it to /etc/watchbill/secrets/inbox-key.",
      },
    ]);
    const elsewhere = run([inbox], { host: "ssh://deploy@monitoring.example.com" });
    expect(elsewhere.resource.docker_container?.["inbox-loader"].lifecycle.precondition).toEqual([]);
  });

  test("a server without files, data and secrets has no loader", () => {
    const node: Server = { ...inbox, name: "node", environment: {}, files: {}, secrets: [] };
    const { resource } = run([node]);
    expect(Object.keys(resource.docker_container ?? {})).toEqual(["node"]);
    expect(resource.docker_volume).toBeUndefined();
  });

  test("several stacks share a host under names and labels of their own", () => {
    const { docker_container: made = {}, docker_volume: volumes = {} } = run([prometheus], {
      stack: "watchbill-local-0123ab",
    }).resource;
    const label = { label: "watchbill.stack", value: "watchbill-local-0123ab" };
    expect(made.prometheus.name).toBe("watchbill-local-0123ab-prometheus");
    expect(made.prometheus.mounts[0].source).toBe("watchbill-local-0123ab-prometheus-data");
    expect(made["prometheus-loader"].name).toMatch(/^watchbill-local-0123ab-prometheus-loader-/);
    expect(volumes["prometheus-config"].name).toBe("watchbill-local-0123ab-prometheus-config");
    for (const one of [...Object.values(made), ...Object.values(volumes)]) expect(one.labels).toContainEqual(label);
  });

  test("Terraform waits as long as the server is given", () => {
    const { inbox: server } = containersOf([{ ...inbox, ready: "/-/ready" }], { options: { inbox: { wait: 300 } } });
    expect(server).toMatchObject({ wait: true, wait_timeout: 300 });
  });

  test("limits, what a server needs only in a container, and a look at the host, by the server's name", () => {
    const options = { inbox: { memory: 256, cpus: 0.5, seesHost: true, extraArguments: ["--path.rootfs=/host"] } };
    const { inbox: server } = containersOf([inbox], { options });
    expect(server).toMatchObject({
      memory: 256,
      memory_swap: 256,
      cpu_period: 100_000,
      cpu_quota: 50_000,
      pid_mode: "host",
      // As Docker reads it back: what it adds itself would replace the container on each deploy.
      security_opts: ["no-new-privileges:true", "label=disable"],
      command: expect.arrayContaining(["--path.rootfs=/host"]),
    });
    expect(server.mounts).toContainEqual({ type: "bind", source: "/", target: "/host", read_only: true });
  });

  test("the same declaration gives the same bytes", () => {
    expect(run([prometheus, inbox]).text).toBe(run([prometheus, inbox]).text);
  });
});
