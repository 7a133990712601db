import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../lib/runtime/repository-root";
import { Checkout } from "./support/checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const synthesize = (variables: NodeJS.ProcessEnv = {}) =>
  checkout.spawn("node", ["--import", "tsx", "main.ts"], { WATCHBILL_RUNTIME: "docker", ...variables });
const stack = (name: string) =>
  JSON.parse(readFileSync(join(checkout.root, "cdktf.out/stacks", name, "cdk.tf.json"), "utf8"));

/** Everything below a folder, as one text. */
const allOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");

const canary = "canary-5f2d1c";

test("each environment becomes a stack of its name", () => {
  const secrets = ["DD_API_KEY", "DD_APP_KEY", "GRAFANA_AUTH", "SLACK_WEBHOOK_URL", "PAGERDUTY_TOKEN"];
  const { status, stderr } = synthesize(Object.fromEntries(secrets.map((name) => [name, canary])));
  // What has run out by the day of the test is said, and is no mistake of the synthesis.
  expect(stderr.replace(/^warning \S+-past .*\n/gm, "")).toBe("");
  expect(status).toBe(0);
  expect(readdirSync(join(checkout.root, "cdktf.out/stacks")).sort()).toEqual(["local", "production", "staging"]);
});

test("no secret of the environment is in what was synthesized", () => {
  expect(allOf(join(checkout.root, "cdktf.out"))).not.toContain(canary);
});

test("no path of this machine is in what staging and production are given", () => {
  const texts = ["staging", "production"].map((name) => JSON.stringify(stack(name)));
  for (const text of texts) {
    expect(text).not.toContain(checkout.root);
    expect(text).not.toContain(repositoryRoot);
  }
});

test("the state is kept at a path that is the same in every checkout", () => {
  expect(stack("production").terraform.backend).toEqual({
    local: { path: "../../../.watchbill/production/terraform.tfstate" },
  });
});

test("the same declarations synthesize to the same bytes", () => {
  const before = JSON.stringify(stack("production"));
  synthesize();
  expect(JSON.stringify(stack("production"))).toBe(before);
});

test("staging and production run on the declared Docker host, and listen on its loopback alone", () => {
  const { provider, resource } = stack("production");
  expect(provider.docker).toEqual([{ host: "ssh://deploy@monitoring.example.com", context: "" }]);
  const containers = Object.values(resource.docker_container) as { ports?: { ip?: string }[] }[];
  const ports = containers.flatMap((container) => container.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  expect(new Set(ports.map(({ ip }) => ip))).toEqual(new Set(["127.0.0.1"]));
});

/** What is told of a checkout after these edits, without its hints, each `[file, from, to]`. */
function toldAfter(...edits: readonly (readonly [string, string, string])[]) {
  const broken = new Checkout();
  try {
    for (const [file, from, to] of edits) broken.edit(file, from, to);
    const { status, stderr } = broken.spawn("node", ["--import", "tsx", "main.ts"], { WATCHBILL_RUNTIME: "docker" });
    expect(existsSync(join(broken.root, "cdktf.out"))).toBe(false);
    const lines = stderr.trim().split("\n");
    return { status, told: lines.map((line) => line.split(" → ")[0]) };
  } finally {
    broken.remove();
  }
}

test("what the types refuse is told beside everything else that is wrong", () => {
  const { status, told } = toldAfter(
    ["services/tickets.ts", "errors: { above: percent(1),", "errors: { above: seconds(1),"],
    ["services/tickets.ts", '"tickets_sold_total"', '"tickets-sold_total"'],
  );
  expect(told).toEqual([
    expect.stringMatching(/^error metric-name services\/tickets\.ts:\d+ \[tickets\/tickets-sold_total\]: /),
    expect.stringMatching(
      /^error declaration-mistyped services\/tickets\.ts:\d+ \[TS2322\]: Type 'Duration' is not assignable to type 'Quantity<"ratio">'/,
    ),
  ]);
  expect(status).toBe(1);
});

test("a declaration that throws as it is loaded is a line with its place", () => {
  const { status, told } = toldAfter([
    "services/tikit.ts",
    "export const tikit",
    "const none: { readonly it?: () => void } = JSON.parse('{}');\nnone.it!();\nexport const tikit",
  ]);
  expect(told).toEqual([
    expect.stringMatching(
      /^error declaration-broken services\/tikit\.ts:\d+ \[services\/tikit\.ts\]: none\.it is not a function$/,
    ),
  ]);
  expect(status).toBe(1);
});

test("mistakes in several places are all told, each in a line, and nothing is synthesized", () => {
  const { status, told } = toldAfter(
    ["services/tickets.ts", '"tickets_sold_total"', '"tickets-sold"'],
    ["alert-rules/payments.ts", 'summary: "Payments are failing."', 'summary: "payments"'],
    ["environments/production.ts", 'critical: ["onCall"', 'critical: ["pager" as "onCall"'],
  );
  // A pack's mistake is told for each service that uses it.
  expect([...new Set(told.map((line) => line!.split(" ").slice(0, 3).join(" ")))]).toEqual([
    expect.stringMatching(/^error metric-name services\/tickets\.ts:\d+$/),
    expect.stringMatching(/^error counter-name services\/tickets\.ts:\d+$/),
    expect.stringMatching(/^error alert-summary alert-rules\/payments\.ts:\d+$/),
    expect.stringMatching(/^error unknown-channel environments\/production\.ts:\d+$/),
  ]);
  expect(status).toBe(1);
});
