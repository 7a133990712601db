import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { down } from "../../../lib/cli/commands/down";
import { up } from "../../../lib/cli/commands/up";
import { stackName } from "../../../lib/runtime/docker/names";
import { makeSecrets } from "../../../lib/runtime/made-secrets";
import { fakeDocker, noDaemon } from "../../support/fake-docker";
import { nodeExporter, temporaryState } from "../../support/real-servers";

const { state: folder, remove } = temporaryState();
const state = join(folder, "state");
const before = { ...process.env };
const stack = stackName("local", state);
const said: string[] = [];

beforeEach(() => {
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, "terraform.tfstate"), '"type": "docker_container"');
  Object.assign(process.env, { PATH: fakeDocker(folder, noDaemon).PATH, WATCHBILL_STATE: state });
  said.length = 0;
  for (const to of ["log", "error"] as const) {
    jest.spyOn(console, to).mockImplementation((...[line = ""]: unknown[]) => {
      said.push(String(line));
    });
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});
afterAll(remove);

test("a move from Docker to processes is told with the words that make it", async () => {
  const line =
    "error runtime-differs [local]: local is up already, on Docker → npm run down && npm run up -- --runtime processes";
  expect(await up("local", { runtime: "processes" })).toBe(1);
  expect(said).toContain(line);
  said.length = 0;
  process.env.WATCHBILL_RUNTIME = "processes";
  expect(await up("local", {})).toBe(1);
  expect(said).toContain(line);
});

test("down says what stays when Docker does not answer, and how to go on", async () => {
  expect(await down("local", {})).toBe(1);
  expect(said).toEqual([
    `error docker-missing [local]: no Docker daemon answers at unix:///var/run/docker.sock, so that the containers ${stack}-… stay → start Docker and npm run down again, or forget them: npm run down -- --purge`,
  ]);
});

test("a purge then forgets them, puts what Terraform knew aside and leaves the secrets of others", async () => {
  makeSecrets(state, [{ ...nodeExporter(1), madeSecrets: ["made"] }]);
  writeFileSync(join(state, "secrets/given"), "x");
  expect(await down("local", { purge: true })).toBe(0);
  expect(readdirSync(state).sort()).toEqual(["secrets", "terraform.tfstate.aside"]);
  expect(readdirSync(join(state, "secrets"))).toEqual(["given"]);
  expect(existsSync(join(state, "secrets/made"))).toBe(false);
  expect(said.slice(1).join("\n")).toBe(
    `  Docker still has the containers and the volumes ${stack}-…; once it runs, npm run down -- --purge\n  removes them.`,
  );
});
