import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { deployedServers } from "../../../../lib/runtime/deployed";
import { type Applied, applyServer } from "../../../../lib/runtime/processes/apply";
import { ensureServer } from "../../../../lib/runtime/processes/ensure";
import { findSupervisord, isOwn, serverProcess } from "../../../../lib/runtime/processes/own-processes";
import { listProcesses } from "../../../../lib/runtime/processes/proc";
import { endEverything, pruneServers } from "../../../../lib/runtime/processes/prune";
import { activate, writeRelease } from "../../../../lib/runtime/processes/release";
import { beginChange } from "../../../../lib/runtime/processes/standing";
import { order } from "../../../../lib/runtime/processes/supervisord";
import { commandOf } from "../../../../lib/runtime/programs";
import { ask, until } from "../../../../lib/runtime/ready";
import type { Server } from "../../../../lib/runtime/server";
import { freePort, nodeExporter, prometheusServer, temporaryState } from "../../../support/real-servers";

// Servers that were left half-way: by a kill, by a declaration that no longer has them, by a folder that was removed.

const { state, remove } = temporaryState();
afterAll(async () => {
  await endEverything(state);
  remove();
});

const { ready, ...silent } = nodeExporter(0);
const sleeper = (name: string, seconds = "1000"): Server => ({
  ...silent,
  name,
  program: { binaries: ["sleep"], debian: "coreutils", image: "none" },
  arguments: [seconds],
  ports: {},
});
const lines = (applied: Applied) => ("mistakes" in applied ? applied.mistakes.map(formatDiagnostic) : [applied.done]);
const seconds = (name: string) =>
  listProcesses()
    .find(({ pid }) => pid === serverProcess(state, name))
    ?.command.at(-1);

/** All that an apply does before it is killed, its new files being in place and its server untold. */
async function brokenOff(server: Server): Promise<void> {
  const next = await writeRelease(state, server, commandOf(server.program)!);
  await beginChange(state, server.name);
  await activate(state, server.name, next);
}

test("a restart that was killed is not taken for done", async () => {
  expect(lines(await applyServer(state, sleeper("one")))).toEqual(["started"]);
  await brokenOff(sleeper("one", "2000"));
  expect(lines(await ensureServer(state, sleeper("one", "2000")))).toEqual(["restarted"]);
  expect(seconds("one")).toBe("2000");
});

test("nor is one that is declared as before again", async () => {
  await brokenOff(sleeper("one", "3000"));
  await order(state, "restart", "one");
  expect(lines(await applyServer(state, sleeper("one", "2000")))).toEqual(["restarted"]);
  expect(seconds("one")).toBe("2000");
  expect(lines(await applyServer(state, sleeper("one", "2000")))).toEqual(["unchanged"]);
});

test("a reload that was killed is not taken for done", async () => {
  const port = await freePort();
  const changed = prometheusServer(port, { expression: "up == 1" });
  await applyServer(state, prometheusServer(port));
  const before = serverProcess(state, "prometheus");
  await brokenOff(changed);
  expect(lines(await applyServer(state, changed))).toEqual(["reloaded"]);
  expect((await ask(`http://127.0.0.1:${port}/api/v1/rules`)).body).toContain('"query":"up == 1"');
  expect(serverProcess(state, "prometheus")).toBe(before);
});

test("two applies of one server go one after the other, and it keeps a release that is whole", async () => {
  const applied = await Promise.all(["4000", "5000"].map((time) => applyServer(state, sleeper("one", time))));
  expect(applied.flatMap(lines)).toEqual(["restarted", "restarted"]);
  expect(existsSync(join(state, "servers/one/current/run"))).toBe(true);
  expect(readdirSync(join(state, "servers/one")).filter((name) => name.startsWith("release-"))).toHaveLength(1);
  const [declared] = deployedServers(state);
  expect(seconds("one")).toBe(declared!.arguments[0]);
});

test("what the process manager would not do is a line, in its words", async () => {
  await expect(order(state, "restart", "nobody")).rejects.toThrow(
    `error supervisor-failed [nobody]: the process manager would not restart it: nobody: ERROR (no such process) → ` +
      `see ${state}/logs/supervisord.log, then npm run up again`,
  );
});

test("one that is no longer declared is ended, with a process manager that has no socket any more too", async () => {
  await applyServer(state, sleeper("two"));
  const one = serverProcess(state, "one");
  expect(await pruneServers(state, ["one", "prometheus"])).toEqual(["two"]);
  expect(serverProcess(state, "two")).toBeUndefined();
  expect(serverProcess(state, "one")).toBe(one);
  expect(deployedServers(state).map(({ name }) => name)).toEqual(["one", "prometheus"]);
  rmSync(join(state, "supervisor.sock"));
  expect(await pruneServers(state, ["one"])).toEqual(["prometheus"]);
  expect(serverProcess(state, "prometheus")).toBeUndefined();
  expect(serverProcess(state, "one")).toBeDefined();
});

test("after a reboot, who watches starts once what it watches is ready", async () => {
  const [port, seen] = [await freePort(), join(state, "seen")];
  const node = (name: string, script: string): Server => ({
    ...sleeper(name),
    program: { binaries: ["node"], debian: "nodejs", image: "none" },
    arguments: ["-e", script],
  });
  const slow = {
    ...node(
      "slow",
      `setTimeout(() => require("http").createServer((_, it) => it.end()).listen(${port}, "127.0.0.1"), 2000)`,
    ),
    ports: { http: port },
    ready: "/",
  };
  const watcher = {
    ...node(
      "a-watcher",
      `const write = (word) => require("fs").writeFileSync(${JSON.stringify(seen)}, word);
       fetch("http://127.0.0.1:${port}").then(() => write("ready"), () => write("not ready"));
       setInterval(() => {}, 1000);`,
    ),
    after: ["slow"],
  };
  await applyServer(state, slow);
  await applyServer(state, watcher);
  rmSync(seen);
  process.kill(findSupervisord(state)!, "SIGKILL");
  await until(async () => findSupervisord(state) === undefined, 2_000);
  const applied = await Promise.all([watcher, slow].map((server) => ensureServer(state, server)));
  expect(applied.flatMap(lines)).toEqual(["unchanged", "unchanged"]);
  await until(async () => existsSync(seen), 5_000);
  expect(readFileSync(seen, "utf8")).toBe("ready");
  await pruneServers(state, ["one"]);
});

test("with the state folder gone, all that runs is found and ended", async () => {
  await applyServer(state, sleeper("two"));
  rmSync(state, { recursive: true });
  expect(await endEverything(state)).toEqual(["one", "two"]);
  expect(findSupervisord(state)).toBeUndefined();
  expect(listProcesses().filter((process) => isOwn(state, process))).toEqual([]);
  expect(await endEverything(state)).toEqual([]);
});
