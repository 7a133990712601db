import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { destroyOptions } from "../../../lib/cli/destroy-options";
import { temporaryState } from "../../support/real-servers";

const { state: outdir, remove } = temporaryState();
afterAll(remove);

const folder = join(outdir, "stacks/local");
const state = join(outdir, "state");

function synthesized(resource: object, path = "../../state/terraform.tfstate"): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "servers.json"), "[]");
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend: { local: { path } } }, resource }));
}

const options = (name = "local") => destroyOptions(name, state, outdir).options;

test("processes are destroyed by what the last synthesis left", () => {
  synthesized({ terraform_data: { all_servers: {} } });
  expect(options()).toEqual(["--skip-synth"]);
});

test("what was synthesized for another state folder, or for Docker, or not at all, is synthesized anew", () => {
  synthesized({ terraform_data: { all_servers: {} } }, "/elsewhere/terraform.tfstate");
  expect(options()).toEqual([]);
  synthesized({ docker_container: {} });
  expect(options()).toEqual([]);
  writeFileSync(join(folder, "cdk.tf.json"), "{");
  expect(options()).toEqual([]);
});

test("an environment that does not exist, or runs elsewhere, is refused", () => {
  expect(() => options("nowhere")).toThrow(
    'error unknown-environment [nowhere]: there is no environment "nowhere" → there are local, staging, production',
  );
  expect(() => options("production")).toThrow(
    "error environment-elsewhere [production]: production does not run on this machine → npx cdktf deploy production",
  );
});
