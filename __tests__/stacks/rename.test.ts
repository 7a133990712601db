import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Alert, type Environment, minutes, type Pack, type Service } from "@watchbill/model";
import { uptime } from "../../alert-rules/uptime";
import { production } from "../../environments/production";
import { compile } from "../../lib/compile";
import { surroundings } from "../../lib/project";
import { serversOf } from "../../lib/servers";
import { DatadogResources } from "../../stacks/datadog-stack";
import { DockerRuntime } from "../../stacks/docker-runtime";
import { GrafanaResources } from "../../stacks/grafana-stack";
import { identify } from "../../stacks/identity";
import { TerraformData } from "../../stacks/terraform-data";
import { type Synthesized, synthesize } from "../support/synthesize";

const tickets = production.services.find(({ name }) => name === "tickets") as Service;
const { tickets: at } = production.at;

/** The check `ready` under another name, for who makes it and who reads it. */
const checks = tickets.checks.map((one) => (one.id === "ready" ? { ...one, id: "willing", formerly: "ready" } : one));
const [health, ...others] = checks;
const watching = uptime({ health: health!, failsFor: minutes(1), others }) as Pack;
const checkRenamed = { checks, watch: tickets.watch.map((one) => (one.name === "uptime" ? watching : one)) };

const withService = (service: Service, dashboards = production.dashboards): Environment => ({
  ...production,
  services: [service],
  at: { [service.name]: at } as Environment["at"],
  dashboards,
  tune: {},
});

function resourcesOf(environment: Environment): Synthesized {
  const compiled = compile(environment, surroundings());
  expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return synthesize((scope) => {
    const runtime = new DockerRuntime(scope, "runtime", {
      environmentName: "production",
      servers: serversOf(compiled),
      secretsFolder: "/etc/watchbill/secrets",
    });
    if (compiled.data.grafana) {
      const dependsOn = [runtime.server("prometheus")];
      new GrafanaResources(scope, "grafana", { ...compiled.data.grafana, dependsOn });
    }
    if (compiled.data.datadog) new DatadogResources(scope, "datadog", compiled.data.datadog);
  });
}

const addresses = ({ resource }: Synthesized) =>
  Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));

/** Where each address ends, once Terraform has followed the moves. */
function follow({ moved = [] }: Synthesized, address: string): string {
  const next = new Map(moved.map(({ from, to }) => [from, to]));
  let end = address;
  for (let to = next.get(end); to !== undefined; to = next.get(end)) end = to;
  return end;
}

// The loader is a job that runs once per content; it ends with what it loaded and holds nothing.
const holdsSomething = (address: string) => !/loader/.test(address);

test.each<[string, Partial<Service>]>([
  ["a service", { name: "shop", formerly: "tickets" }],
  ["a service, twice", { name: "store", formerly: ["tickets", "shop"] }],
  [
    "an alert and an objective of a renamed service",
    {
      name: "shop",
      formerly: "tickets",
      watch: tickets.watch.map((pack) => ({
        ...pack,
        alerts: pack.alerts.map(
          (alert): Alert =>
            alert.id === "PaymentFailureRatioHigh" ? { ...alert, id: "PaymentsFail", formerly: alert.id } : alert,
        ),
      })),
      objectives: tickets.objectives.map((one) => ({ ...one, id: `${one.id}-kept`, formerly: one.id })),
    },
  ],
  ["an uptime check, with the service and without", checkRenamed],
  [
    "an uptime check of a renamed service",
    {
      name: "shop",
      formerly: "tickets",
      ...checkRenamed,
    },
  ],
])("renaming %s leaves every resource where it is or moves it", (_, changes) => {
  const before = resourcesOf(withService(tickets));
  const after = resourcesOf(withService({ ...tickets, ...changes }));
  const kept = new Set(addresses(after));
  const lost = addresses(before)
    .filter(holdsSomething)
    .filter((address) => !kept.has(follow(after, address)));
  expect(addresses(before).length).toBeGreaterThan(40);
  expect(lost).toEqual([]);
  expect(after.moved?.length).toBeGreaterThan(changes.name ? 10 : 0);
  // Terraform takes one move from an address, and one to it.
  for (const end of ["from", "to"] as const) {
    const all = (after.moved ?? []).map((one) => one[end]);
    expect(new Set(all).size).toBe(all.length);
  }
});

test("without `formerly`, a renamed service would lose them: the test above can fail", () => {
  const before = resourcesOf(withService(tickets));
  const after = resourcesOf(withService({ ...tickets, name: "shop" }));
  const kept = new Set(addresses(after));
  expect(addresses(before).filter((address) => !kept.has(follow(after, address))).length).toBeGreaterThan(10);
});

test("what a change would replace keeps its value: dashboards' uids, and the metrics of distributions", () => {
  const before = resourcesOf(withService(tickets)).resource;
  const after = resourcesOf(withService({ ...tickets, name: "shop", formerly: "tickets" })).resource;
  const uids = ({ grafana_dashboard = {} }: Synthesized["resource"]) =>
    Object.values(grafana_dashboard).map(({ config_json }) => JSON.parse(config_json).uid);
  const metrics = ({ datadog_metric_tag_configuration = {} }: Synthesized["resource"]) =>
    Object.values(datadog_metric_tag_configuration).map(({ metric_name }) => metric_name);
  expect(uids(before).length).toBeGreaterThan(1);
  expect(uids(after)).toEqual(uids(before));
  expect(metrics(before).length).toBeGreaterThan(0);
  expect(metrics(after)).toEqual(metrics(before));
});

describe("a dashboard that is renamed", () => {
  const boards = production.dashboards.map((one) =>
    one.name === "main" ? { ...one, name: "overview", formerly: "main" } : one,
  );
  const onBoards = (service: Service): Service => ({
    ...service,
    watch: service.watch.map((pack) => ({
      ...pack,
      panels: pack.panels.map((panel) => (panel.on === "main" ? { ...panel, on: "overview" } : panel)),
    })),
  });
  const before = resourcesOf(withService(tickets));
  const after = resourcesOf(withService(onBoards(tickets), boards));

  test("stays where it is, in Grafana and in Datadog, whether or not something has to be moved for it", () => {
    const kept = new Set(addresses(after));
    const boardsOf = (address: string) => /dashboard/.test(address);
    expect(addresses(before).filter(boardsOf).length).toBeGreaterThan(5);
    expect(addresses(before).filter((address) => boardsOf(address) && !kept.has(follow(after, address)))).toEqual([]);
  });

  test("keeps its uid, and with it every link", () => {
    const uids = ({ resource }: Synthesized) =>
      Object.values(resource.grafana_dashboard ?? {}).map(({ config_json }) => JSON.parse(config_json).uid);
    expect(uids(before)).toContain("tickets-main");
    expect(uids(after)).toEqual(uids(before));
    expect(JSON.stringify(after.resource)).not.toContain("tickets-overview");
  });

  test("without `formerly` it would be another one: the tests above can fail", () => {
    const forgotten = resourcesOf(
      withService(
        onBoards(tickets),
        boards.map(({ formerly: _, ...one }) => one),
      ),
    );
    const kept = new Set(addresses(forgotten));
    expect(addresses(before).filter((address) => !kept.has(follow(forgotten, address)))).not.toEqual([]);
  });
});

test("a panel that is renamed keeps its number, so that links to it and to its full screen go on working", () => {
  const panels = (service: Service): readonly { id: number; title: string }[] =>
    Object.values(resourcesOf(withService(service)).resource.grafana_dashboard ?? {})
      .map(({ config_json }) => JSON.parse(config_json))
      .find(({ uid }) => uid === "tickets-main").panels;
  const changed = (change: (id: string) => object): Service => ({
    ...tickets,
    watch: tickets.watch.map((pack) => ({
      ...pack,
      panels: pack.panels.map((panel) => (panel.id === "http-error-ratio" ? { ...panel, ...change(panel.id) } : panel)),
      alerts: pack.alerts.map((alert) => (alert.panel === "http-error-ratio" ? { ...alert, ...point(change) } : alert)),
    })),
  });
  const point = (change: (id: string) => object) => {
    const { id } = { id: "http-error-ratio", ...change("http-error-ratio") };
    return { panel: id };
  };
  const ids = (service: Service) => panels(service).map(({ id }) => id);
  expect(ids(changed((id) => ({ id: "requests-failing", formerly: id })))).toEqual(ids(tickets));
  expect(ids(changed(() => ({ id: "requests-failing" })))).not.toEqual(ids(tickets));
});

test("Terraform itself follows a chain of renames and destroys nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "watchbill-rename-"));
  const terraform = (...words: string[]) =>
    spawnSync("terraform", words, { cwd: folder, encoding: "utf8", env: { ...process.env, CHECKPOINT_DISABLE: "1" } });
  const write = (key: string, formerly: readonly string[] = []) => {
    const { text } = synthesize((scope) => {
      identify(new TerraformData(scope, "any", { input: { kept: "yes" } }), key, formerly);
    });
    writeFileSync(join(folder, "main.tf.json"), text);
  };
  try {
    write("tickets");
    expect(terraform("init", "-input=false").status).toBe(0);
    expect(terraform("apply", "-auto-approve", "-input=false").stdout).toContain("1 added");
    write("store", ["tickets", "shop"]);
    const { status, stdout } = terraform("plan", "-input=false", "-no-color");
    expect(status).toBe(0);
    expect(stdout).toContain("terraform_data.tickets has moved to terraform_data.store");
    expect(stdout).toContain("0 to add, 0 to change, 0 to destroy");
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
