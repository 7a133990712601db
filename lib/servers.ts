import { defaultPorts, type Environment, type LocalProgram, minutes, type Secret } from "@watchbill/model";
import type { MonitoringServer } from "./addresses";
import type { CompiledEnvironment } from "./compile";
import { formatDuration, lapsed } from "./lapse";
import type { PackagedProgram, Server } from "./runtime/server";
import { sourcesHash } from "./runtime/sources";

const program = (debian: string, image: string, ...binaries: string[]): PackagedProgram => ({
  binaries,
  debian,
  image,
});

const programs = {
  prometheus: program("prometheus", "prom/prometheus:v3.5.0", "prometheus"),
  promtool: program("prometheus", "prom/prometheus:v3.5.0", "promtool"),
  alertmanager: program(
    "prometheus-alertmanager",
    "prom/alertmanager:v0.28.1",
    "alertmanager",
    "prometheus-alertmanager",
  ),
  amtool: program("prometheus-alertmanager", "prom/alertmanager:v0.28.1", "amtool"),
  blackbox: program(
    "prometheus-blackbox-exporter",
    "prom/blackbox-exporter:v0.27.0",
    "blackbox_exporter",
    "prometheus-blackbox-exporter",
  ),
  node: program("prometheus-node-exporter", "prom/node-exporter:v1.9.1", "node_exporter", "prometheus-node-exporter"),
  grafana: program("grafana", "grafana/grafana:12.1.1", "/run.sh"),
};

/** Files of one backend, by their path below the server's own folder. */
const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, content]) => [path.slice(folder.length + 1), content]),
  );

const isSecret = (value: unknown): value is Secret => typeof value === "object" && value !== null && "secret" in value;

/** Names of the secrets that the channels read, each once, sorted. */
const channelSecrets = ({ channels, mail, heartbeat }: Environment) =>
  [
    ...new Set(
      [...Object.values(channels), mail ?? {}, heartbeat ?? {}].flatMap((one) => Object.values(one).filter(isSecret)),
    ),
  ]
    .map(({ secret }) => secret)
    .filter((name, index, all) => all.indexOf(name) === index)
    .sort();

/**
 * The servers that an environment runs, with their files. In a Docker network each listens on all of its own
 * container's addresses and on its default port; on one machine on loopback and the environment's port.
 */
export function serversOf({ environment, files }: CompiledEnvironment): readonly Server[] {
  const inNetwork = environment.runtime === "docker";
  const port = (server: MonitoringServer) => (inNetwork ? defaultPorts : environment.ports)[server];
  const listen = (server: MonitoringServer) => `${inNetwork ? "0.0.0.0" : "127.0.0.1"}:${port(server)}`;
  const { prometheus: prometheusUrl, alertmanager: alertmanagerUrl } = environment.links;

  const prometheus: Server = {
    name: "prometheus",
    program: programs.prometheus,
    arguments: [
      "--config.file={config}/prometheus.yml",
      "--storage.tsdb.path={data}",
      `--storage.tsdb.retention.time=${formatDuration(environment.retention)}`,
      "--web.enable-lifecycle",
      // How often a firing alert is told again, so that an Alertmanager which was away learns of it.
      `--rules.alert.resend-delay=${formatDuration(lapsed(environment, minutes(1)))}`,
      `--web.external-url=${prometheusUrl}`,
      "--web.route-prefix=/",
      `--web.listen-address=${listen("prometheus")}`,
    ],
    ports: { http: port("prometheus") },
    ready: "/-/ready",
    files: below("prometheus", files),
    check: { program: programs.promtool, arguments: ["check", "config", "{config}/prometheus.yml"] },
    reload: "/-/reload",
    keepsData: true,
    secrets: [],
  };
  const alertmanager: Server = {
    name: "alertmanager",
    program: programs.alertmanager,
    arguments: [
      "--config.file={config}/alertmanager.yml",
      "--storage.path={data}",
      // One server is no cluster; without this it listens for peers on all addresses.
      "--cluster.listen-address=",
      `--web.external-url=${alertmanagerUrl}`,
      "--web.route-prefix=/",
      `--web.listen-address=${listen("alertmanager")}`,
    ],
    ports: { http: port("alertmanager") },
    ready: "/-/ready",
    files: below("alertmanager", files),
    check: { program: programs.amtool, arguments: ["check-config", "{config}/alertmanager.yml"] },
    reload: "/-/reload",
    keepsData: true,
    secrets: channelSecrets(environment),
  };
  const blackbox: Server = {
    name: "blackbox",
    program: programs.blackbox,
    arguments: ["--config.file={config}/blackbox.yml", `--web.listen-address=${listen("blackbox")}`],
    ports: { http: port("blackbox") },
    ready: "/-/healthy",
    files: below("blackbox", files),
    check: { program: programs.blackbox, arguments: ["--config.check", "--config.file={config}/blackbox.yml"] },
    reload: "/-/reload",
    keepsData: false,
    secrets: [],
  };
  const watched = [
    ...environment.programs.map(ownProgram),
    ...(inNetwork ? [] : [nodeExporter(listen("node"), port("node"))]),
    blackbox,
    alertmanager,
  ];
  return [...watched, { ...prometheus, after: watched.map(({ name }) => name) }];
}

/** The machine that everything runs on; elsewhere node_exporter runs on the machines that are watched. */
const nodeExporter = (listen: string, port: number): Server => ({
  name: "node",
  program: programs.node,
  arguments: [`--web.listen-address=${listen}`],
  ports: { http: port },
  ready: "/",
  files: {},
  keepsData: false,
  secrets: [],
});

const ownProgram = ({ name, script, ports, ready, environment }: LocalProgram): Server => ({
  name,
  program: { script, sources: sourcesHash(script) },
  arguments: [],
  environment,
  ports,
  ...(ready !== undefined && { ready }),
  files: {},
  keepsData: true,
  secrets: [],
});

/**
 * Grafana, where Docker runs it (Debian has no package of it). The administrator's password is a secret file. On one
 * machine its dashboards come as files; elsewhere they are Terraform resources.
 */
export function grafanaServer({ environment, files }: CompiledEnvironment): Server {
  const local = environment.runtime === "local";
  const port = (local ? environment.ports : defaultPorts).grafana;
  return {
    name: "grafana",
    program: programs.grafana,
    arguments: [],
    environment: {
      GF_SERVER_HTTP_ADDR: local ? "127.0.0.1" : "0.0.0.0",
      GF_SERVER_HTTP_PORT: `${port}`,
      GF_SERVER_ROOT_URL: environment.links.grafana ?? `http://127.0.0.1:${port}`,
      GF_PATHS_DATA: "{data}",
      GF_PATHS_PLUGINS: "{data}/plugins",
      GF_PLUGINS_PREINSTALL_DISABLED: "true",
      GF_SECURITY_ADMIN_PASSWORD__FILE: "{secrets}/grafana-admin-password",
      GF_USERS_ALLOW_SIGN_UP: "false",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      ...(local && {
        GF_PATHS_PROVISIONING: "{config}/provisioning",
        WATCHBILL_DASHBOARDS: "{config}/dashboards",
      }),
    },
    ports: { http: port },
    ready: "/api/health",
    // Dashboards each 10 s; its data source changes with the ports alone, and so with the container.
    rereads: true,
    files: local ? provisioning(environment, below("grafana", files)) : {},
    keepsData: true,
    secrets: ["grafana-admin-password"],
    ...(local && { madeSecrets: ["grafana-admin-password"] }),
  };
}

/** https://grafana.com/docs/grafana/latest/administration/provisioning/, as JSON, which YAML contains. */
function provisioning(environment: Environment, dashboards: Readonly<Record<string, string>>) {
  const dataSource = {
    name: "Prometheus",
    uid: "prometheus",
    type: "prometheus",
    access: "proxy",
    url: `http://127.0.0.1:${environment.ports.prometheus}`,
    isDefault: true,
  };
  const provider = { name: "watchbill", folder: "watchbill", options: { path: "$__env{WATCHBILL_DASHBOARDS}" } };
  return {
    "provisioning/datasources/watchbill.yaml": `${JSON.stringify({ apiVersion: 1, datasources: [dataSource] }, undefined, 2)}\n`,
    "provisioning/dashboards/watchbill.yaml": `${JSON.stringify({ apiVersion: 1, providers: [provider] }, undefined, 2)}\n`,
    ...dashboards,
  };
}
