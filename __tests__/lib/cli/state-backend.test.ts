import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initVariables } from "../../../lib/cli/state-backend";

const folder = mkdtempSync(join(tmpdir(), "watchbill-backend-"));
afterAll(() => rmSync(folder, { recursive: true }));

const local = { name: "local" };
const shared = { name: "local", state: { backend: "s3", settings: { bucket: "states" } } } as const;

function init(path: string, variables: NodeJS.ProcessEnv = {}) {
  const stack = { terraform: { backend: { local: { path } } }, resource: { terraform_data: { any: {} } } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(stack));
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_ARGS_init: "", ...variables };
  return spawnSync("terraform", ["init", "-input=false", "-no-color"], { cwd: folder, env, encoding: "utf8" });
}

test("before the first init there is nothing to configure anew", () => {
  expect(initVariables(local, {}, folder)).toEqual({});
});

test("another state file is taken as it is, where Terraform alone would end", () => {
  expect(init("one.tfstate").status).toBe(0);
  expect(init("two.tfstate").stderr).toContain("Backend configuration changed");
  expect(init("two.tfstate", initVariables(local, {}, folder)).status).toBe(0);
}, 60_000);

test("what else the user gives to init stays", () => {
  expect(initVariables(local, { TF_CLI_ARGS_init: "-lockfile=readonly" }, folder)).toEqual({
    TF_CLI_ARGS_init: "-lockfile=readonly -reconfigure",
  });
});

test("a state that comes to a place which a team shares has to be moved, so Terraform asks", () => {
  expect(initVariables(shared, {}, folder)).toEqual({});
});
