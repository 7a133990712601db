import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployedRuntime, dockerAnswers, localRuntime } from "../../../lib/runtime/runtime-kind";
import { temporaryState } from "../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

/** The variables of a machine whose `docker` is this script. */
function withDocker(script: string): NodeJS.ProcessEnv {
  const folder = join(state, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "docker"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "docker"), 0o755);
  return { PATH: `${folder}:${process.env.PATH}` };
}

const answering = "echo 28.2";
const silent = "echo Cannot connect >&2; exit 1";

test("local runs on Docker where a daemon answers, and as processes where none does", () => {
  expect(localRuntime(state, withDocker(answering))).toBe("docker");
  expect(localRuntime(state, withDocker(silent))).toBe("processes");
  expect(localRuntime(state, { PATH: "/nowhere" })).toBe("processes");
});

test("a daemon that hangs is given up after 2 s", () => {
  const start = Date.now();
  expect(dockerAnswers(withDocker("exec sleep 30"))).toBe(false);
  expect(Date.now() - start).toBeLessThan(4_000);
});

test("WATCHBILL_RUNTIME decides, and a runtime that does not exist is refused", () => {
  const variables = withDocker(answering);
  expect(localRuntime(state, { ...variables, WATCHBILL_RUNTIME: "processes" })).toBe("processes");
  expect(() => localRuntime(state, { ...variables, WATCHBILL_RUNTIME: "podman" })).toThrow(
    'error unknown-runtime [local]: there is no runtime "podman" → say docker or processes',
  );
});

test("what runs already goes on as it does, whether a daemon came or went", () => {
  expect(deployedRuntime(state)).toBeUndefined();
  writeFileSync(
    join(state, "terraform.tfstate"),
    JSON.stringify({ resources: [{ type: "docker_container" }] }, null, 2),
  );
  expect(localRuntime(state, withDocker(silent))).toBe("docker");
  mkdirSync(join(state, "servers/shop/current"), { recursive: true });
  writeFileSync(join(state, "servers/shop/current/server.json"), "{}");
  expect(localRuntime(state, withDocker(answering))).toBe("processes");
});
