import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { repositoryRoot } from "../../lib/runtime/repository-root";
import type { Server } from "../../lib/runtime/server";
import { ProcessesRuntime } from "../../stacks/processes-runtime";
import { nodeExporter, prometheusServer } from "../support/real-servers";

const outdir = mkdtempSync(join(tmpdir(), "watchbill-out-"));
afterAll(() => rmSync(outdir, { recursive: true }));

function synthesized(servers: readonly Server[]) {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "local");
  new ProcessesRuntime(stack, "runtime", { servers, stateFolder: join(repositoryRoot, ".watchbill/local") });
  app.synth();
  const folder = join(outdir, "stacks/local");
  const text = readFileSync(join(folder, "cdk.tf.json"), "utf8");
  return { folder, resources: JSON.parse(text).resource.terraform_data };
}

const servers = [prometheusServer(9090), nodeExporter(9100)];

test("a server is a resource that stops it and one that is replaced by its changes, under names from the declaration", () => {
  const { resources } = synthesized(servers);
  const names = ["all_servers", "node", "node_settings", "prometheus", "prometheus_settings"];
  expect(Object.keys(resources).sort()).toEqual(names);
  expect(resources.prometheus.provisioner[0]["local-exec"]).toMatchObject({ when: "destroy" });
  expect(resources.prometheus_settings.provisioner[0]["local-exec"]).not.toHaveProperty("when");
  expect(resources.prometheus_settings).toMatchObject({
    depends_on: ["terraform_data.prometheus"],
    lifecycle: { replace_triggered_by: ["terraform_data.prometheus"] },
  });
});

test("who watches starts once what it watches is ready, or it would call somebody for a start", () => {
  const [prometheus, node] = servers;
  const { resources } = synthesized([node!, { ...prometheus!, after: ["node"] }]);
  expect(resources.prometheus_settings.depends_on).toEqual([
    "terraform_data.prometheus",
    "terraform_data.node_settings",
  ]);
  expect(resources.node_settings.depends_on).toEqual(["terraform_data.node"]);
});

test("a plan shows what changed and whether that reloads or restarts the server", () => {
  const { resources } = synthesized(servers);
  expect(resources.prometheus_settings.triggers_replace).toMatchObject({
    a_change_reloads: { files: { "rules/test.yml": servers[0]!.files["rules/test.yml"] } },
    a_change_restarts: { program: ["prometheus"], ports: { http: 9090 } },
    a_change_is_recorded: { check: ["promtool", "check", "config", "{config}/prometheus.yml"] },
  });
  expect(resources.node_settings.triggers_replace).toMatchObject({
    a_change_restarts: { program: ["node_exporter", "prometheus-node-exporter"], files: {} },
  });
});

test("a script is restarted by a change of its sources", () => {
  const shop = { ...nodeExporter(3000), name: "shop", program: { script: "shop.ts", sources: "0123456789ab" } };
  const { resources } = synthesized([shop]);
  expect(resources.shop_settings.triggers_replace).toMatchObject({
    a_change_restarts: { program: ["shop.ts", "sources 0123456789ab"] },
  });
});

test("the stop at destruction knows only what its own resource says", () => {
  const { resources } = synthesized(servers);
  const { command, environment } = resources.prometheus.provisioner[0]["local-exec"];
  expect(command).toBe('node --import tsx lib/runtime/processes/cli.ts remove "$NAME" --state "$STATE"');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own references.
  expect(environment).toEqual({ NAME: "${self.input.name}", STATE: "${self.input.state}" });
  expect(resources.prometheus.input).toEqual({ name: "prometheus", state: ".watchbill/local" });
});

test("what is no longer declared is ended before anything new starts, and at the destruction", () => {
  const { resources } = synthesized(servers);
  const { all_servers: all, node, prometheus } = resources;
  expect(all.triggers_replace).toEqual({ state: ".watchbill/local", declared: ["node", "prometheus"] });
  expect(all.provisioner.map((one: Record<string, { when: string }>) => one["local-exec"]!.when)).toEqual([
    "create",
    "destroy",
  ]);
  for (const provisioner of all.provisioner) {
    expect(provisioner["local-exec"].command).toBe(
      'node --import tsx lib/runtime/processes/cli.ts prune --staged "$STAGED" --state "$STATE"',
    );
  }
  expect([node.depends_on, prometheus.depends_on]).toEqual([
    ["terraform_data.all_servers"],
    ["terraform_data.all_servers"],
  ]);
});

test("nothing names a folder of this machine", () => {
  const text = JSON.stringify(synthesized(servers).resources);
  expect(text).not.toContain(`"${repositoryRoot}`);
  expect(text).not.toMatch(/"\/(home|root|tmp|work|usr)\//);
});

test("what Terraform would take for a template arrives as it was written", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a relabelling rule looks like.
  const files = { "a.yml": "replacement: ${1}:9100 %{if}", "${b}": "" };
  const { resources } = synthesized([{ ...nodeExporter(9100), files }]);
  const escaped = { "a.yml": "replacement: $${1}:9100 %%{if}", "$${b}": "" };
  expect(resources.node_settings.triggers_replace.a_change_restarts.files).toEqual(escaped);
});

test("the servers are staged beside the stack, whole", () => {
  const { folder } = synthesized(servers);
  expect(JSON.parse(readFileSync(join(folder, "servers.json"), "utf8"))).toEqual(servers);
});
