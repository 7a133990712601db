import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { awaitServers } from "../../../../lib/runtime/docker/await-ready";
import { removeLeftovers, removeVolumes } from "../../../../lib/runtime/docker/containers";
import { stackName } from "../../../../lib/runtime/docker/names";
import { dockerPreflight } from "../../../../lib/runtime/docker/preflight";
import { daemon, dockerCalls, fakeDocker } from "../../../support/fake-docker";
import { listenSomewhere, nodeExporter, temporaryState } from "../../../support/real-servers";

const { state, remove } = temporaryState();
const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});
afterAll(remove);

const stack = "watchbill-local-0123ab";
const useDocker = (more: string) => {
  process.env.PATH = fakeDocker(state, daemon("", undefined, more)).PATH;
};

test("checkouts that run the same environment have names of their own; elsewhere the environment's name does", () => {
  expect(stackName("production")).toBe("watchbill-production");
  expect(stackName("local", "/one/.watchbill/local")).toMatch(/^watchbill-local-[0-9a-f]{6}$/);
  expect(stackName("local", "/one/.watchbill/local")).not.toBe(stackName("local", "/other/.watchbill/local"));
});

describe("what a killed deploy leaves behind", () => {
  const two = `ps) echo "aaa ${stack}-shop running"; echo "bbb ${stack}-inbox exited" ;;`;

  test("is removed, and what Terraform knows is not", () => {
    writeFileSync(join(state, "terraform.tfstate"), '{ "id": "aaa" }');
    useDocker(two);
    expect(removeLeftovers(stack, state)).toEqual([`${stack}-inbox`]);
    expect(dockerCalls(state)).toEqual([
      expect.stringContaining(`--filter label=watchbill.stack=${stack}`),
      "stop --time 10 bbb",
      "rm --force bbb",
    ]);
  });

  test("is removed as well if Terraform was killed, whose note of its lock stays behind", () => {
    writeFileSync(join(state, ".terraform.tfstate.lock.info"), "{}");
    useDocker(two);
    expect(removeLeftovers(stack, state)).toEqual([`${stack}-inbox`]);
  });

  test("stays while another deploy holds the state", async () => {
    const file = join(state, "terraform.tfstate");
    const held = spawn("flock", [file, "sh", "-c", "echo held; exec sleep 60"]);
    await once(held.stdout, "data");
    useDocker(two);
    expect(removeLeftovers(stack, state)).toEqual([]);
    expect(dockerCalls(state)).toEqual([]);
    held.kill();
  });
});

test("volumes of the stack are removed, and no other's", () => {
  useDocker(`volume) [ "$2" = rm ] || { echo ${stack}-prometheus-data; echo my-${stack}-data; } ;;`);
  expect(removeVolumes(stack)).toEqual([`${stack}-prometheus-data`]);
  expect(dockerCalls(state)[1]).toBe(`volume rm --force ${stack}-prometheus-data`);
});

test("a port that somebody else has is told, unless the server's own container is what runs", async () => {
  const { server, port } = await listenSomewhere();
  const check = async () => (await dockerPreflight(state, stack, [nodeExporter(port)])).map(formatDiagnostic);
  useDocker("");
  expect(await check()).toEqual([expect.stringContaining(`error port-taken [node]: port ${port} is taken by process`)]);
  useDocker(`ps) echo "aaa ${stack}-node running" ;;`);
  expect(await check()).toEqual([]);
  server.close();
});

describe("after a deploy", () => {
  const shop = { ...nodeExporter(1), name: "shop-load", ports: {} };
  const late = async (more: string) => {
    useDocker(more);
    return (await awaitServers(stack, [shop], 500)).map(formatDiagnostic);
  };
  const logs = 'logs) echo "listening"; echo "TypeError: x is no constructor" >&2 ;;';

  test("a server that runs is ready", async () => {
    expect(await late('inspect) echo "running 0 2026-01-01T00:00:00Z" ;;')).toEqual([]);
  });

  test("one that keeps ending is told with its last words", async () => {
    const count = join(state, "restarts");
    mkdirSync(state, { recursive: true });
    writeFileSync(count, "");
    const ending = `inspect) echo x >> ${count}; echo "restarting $(wc -l < ${count}) 2026-01-01T00:00:00Z" ;; ${logs}`;
    useDocker(ending);
    expect((await awaitServers(stack, [shop], 60_000)).map(formatDiagnostic)).toEqual([
      `error not-ready [shop-load]: it keeps ending; its last words: TypeError: x is no constructor → see docker logs ${stack}-shop-load`,
    ]);
  });

  test("one that has ended, or takes too long, is told", async () => {
    expect(await late('inspect) echo "exited 0 2026-01-01T00:00:00Z" ;;')).toEqual([
      `error not-ready [shop-load]: its container does not run → see docker logs ${stack}-shop-load`,
    ]);
    expect(await late('inspect) echo "created 0 0001-01-01T00:00:00Z" ;;')).toEqual([
      `error not-ready [shop-load]: it was not ready within 0.5 s → see docker logs ${stack}-shop-load`,
    ]);
  });
});
