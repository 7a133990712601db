import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chooseRuntime, deployedRuntime, localRuntime } from "../../../lib/runtime/runtime-kind";
import { desktop, engine, fakeDocker, noDaemon } from "../../support/fake-docker";
import { temporaryState } from "../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

const withDocker = (script: string) => fakeDocker(state, script);

test("local runs on Docker where a daemon answers, and as processes where none does", () => {
  expect(localRuntime(state, withDocker(engine))).toBe("docker");
  expect(localRuntime(state, withDocker(noDaemon))).toBe("processes");
  expect(localRuntime(state, { PATH: "/nowhere" })).toBe("processes");
});

test("a Docker that can't share this machine is not chosen, and the reason is told", () => {
  expect(chooseRuntime(state, withDocker(desktop))).toEqual({
    kind: "processes",
    why: "Docker Desktop runs containers in a machine of its own; local needs the network and the files of this one",
  });
  expect(chooseRuntime(state, withDocker(noDaemon))).toEqual({ kind: "processes" });
});

test("WATCHBILL_RUNTIME decides, and a runtime that does not exist is refused", () => {
  const variables = withDocker(engine);
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
  expect(localRuntime(state, withDocker(noDaemon))).toBe("docker");
  mkdirSync(join(state, "servers/shop/current"), { recursive: true });
  writeFileSync(join(state, "servers/shop/current/server.json"), "{}");
  expect(localRuntime(state, withDocker(engine))).toBe("processes");
});
