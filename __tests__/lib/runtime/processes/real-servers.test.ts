import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { deployedServers } from "../../../../lib/runtime/deployed";
import { type Applied, applyServer } from "../../../../lib/runtime/processes/apply";
import { ensureServer } from "../../../../lib/runtime/processes/ensure";
import { findSupervisord, isOwn, serverProcess } from "../../../../lib/runtime/processes/own-processes";
import { isAlive, listProcesses } from "../../../../lib/runtime/processes/proc";
import { removeServer } from "../../../../lib/runtime/processes/remove";
import { ask, until } from "../../../../lib/runtime/ready";
import type { Server } from "../../../../lib/runtime/server";
import {
  freePort,
  listenSomewhere,
  nodeExporter,
  prometheusServer,
  temporaryState,
} from "../../../support/real-servers";

// Real Prometheus, real supervisord. The tests go on from each other, as the days of a stack do.

const { state, remove } = temporaryState();
const names = ["prometheus", "node", "sleeper", "late"];
let port = 0;
let nodePort = 0;
beforeAll(async () => {
  [port, nodePort] = [await freePort(), await freePort()];
});
afterAll(async () => {
  for (const name of names) await removeServer(state, name);
  remove();
});

const started = async () => {
  const { body } = await ask(`http://127.0.0.1:${port}/metrics`);
  return Number(/^process_start_time_seconds (.+)$/m.exec(body)?.[1]);
};
const alerts = async () => {
  const { body } = await ask(`http://127.0.0.1:${port}/api/v1/rules`);
  return [...body.matchAll(/"query":"([^"]*)"/g)].map(([, query]) => query);
};
const lines = (applied: Applied) => ("mistakes" in applied ? applied.mistakes.map(formatDiagnostic) : [applied.done]);
const releases = () => readdirSync(join(state, "servers/prometheus")).filter((name) => name.startsWith("release-"));

test("two new servers start side by side, under one process manager, and are ready when apply returns", async () => {
  const applied = await Promise.all([
    applyServer(state, prometheusServer(port)),
    applyServer(state, nodeExporter(nodePort)),
  ]);
  expect(applied.flatMap(lines)).toEqual(["started", "started"]);
  expect(await alerts()).toEqual(["up == 0"]);
  expect(listProcesses().filter(({ command }) => command.includes(join(state, "supervisord.conf")))).toHaveLength(1);
  expect(deployedServers(state).map(({ name }) => name)).toEqual(["node", "prometheus"]);
});

test("applying the same again changes nothing", async () => {
  const [before, [release]] = [await started(), releases()];
  expect(lines(await applyServer(state, prometheusServer(port)))).toEqual(["unchanged"]);
  expect(await started()).toBe(before);
  expect(releases()).toHaveLength(1);
  expect(release).toBeDefined();
});

test("a changed rule is live without a restart", async () => {
  const before = await started();
  const applied = await applyServer(state, prometheusServer(port, { expression: "up == 1" }));
  expect(lines(applied)).toEqual(["reloaded"]);
  expect(await alerts()).toEqual(["up == 1"]);
  expect(await started()).toBe(before);
  expect(releases()).toHaveLength(1);
});

test("a broken rule is refused in promtool's words, while the good one stays on disk and in memory", async () => {
  const before = await started();
  const [line] = lines(await applyServer(state, prometheusServer(port, { expression: "up ==" })));
  expect(line).toMatch(/^error files-refused \[prometheus\]: rules\/test\.yml: 5:15: .*unexpected end of input → /);
  expect(await alerts()).toEqual(["up == 1"]);
  expect(readFileSync(join(state, "servers/prometheus/current/config/rules/test.yml"), "utf8")).toContain("up == 1");
  expect(releases()).toHaveLength(1);
  expect(await started()).toBe(before);
});

test("files that only the running server refuses are put back, and it goes on with the good ones", async () => {
  const { check, ...unchecked } = prometheusServer(port, { expression: "up ==" });
  const [line] = lines(await applyServer(state, unchecked));
  expect(line).toMatch(
    /^error files-refused \[prometheus\]: the new files were refused at the reload, with HTTP 500: /,
  );
  expect(await alerts()).toEqual(["up == 1"]);
  expect((await ask(`http://127.0.0.1:${port}/-/reload`, { method: "POST" })).status).toBe(200);
});

test("changed arguments restart it, and its data stays", async () => {
  const before = await started();
  const samples = async (at: number) => {
    const query = encodeURIComponent(`count_over_time(up[1h] @ ${at})`);
    const { body } = await ask(`http://127.0.0.1:${port}/api/v1/query?query=${query}`);
    return Number(/"value":\[[^,]+,"(\d+)"\]/.exec(body)?.[1] ?? 0);
  };
  const now = () => Math.floor(Date.now() / 1000);
  await until(async () => (await samples(now())) > 0, 10_000);
  const [then, kept] = [now(), await samples(now())];
  const words = ["--storage.tsdb.retention.time=3d"];
  const applied = await applyServer(state, prometheusServer(port, { expression: "up == 1", words }));
  expect(lines(applied)).toEqual(["restarted"]);
  expect(await started()).toBeGreaterThan(before);
  expect(kept).toBeGreaterThan(0);
  expect(await samples(then)).toBeGreaterThanOrEqual(kept);
});

test("arguments that it can't start with are reported in its own words, and it runs again as before", async () => {
  const words = ["--storage.tsdb.retention.time=soon"];
  const [line] = lines(await applyServer(state, prometheusServer(port, { expression: "up == 1", words })));
  expect(line).toMatch(/^error not-ready \[prometheus\]: it keeps ending; its last words: .*"soon".*; it runs again/);
  expect(await alerts()).toEqual(["up == 1"]);
});

test("a file changed by hand is set right by the next apply", async () => {
  const server = prometheusServer(port, { expression: "up == 1", words: ["--storage.tsdb.retention.time=3d"] });
  const file = join(state, "servers/prometheus/current/config/rules/test.yml");
  writeFileSync(file, "groups: []\n");
  expect(lines(await applyServer(state, server))).toEqual(["reloaded"]);
  expect(await alerts()).toEqual(["up == 1"]);
});

test("killed with -9, it is back within 5 s", async () => {
  const killed = serverProcess(state, "prometheus")!;
  process.kill(killed, "SIGKILL");
  const ready = async () => (await ask(`http://127.0.0.1:${port}/-/ready`)).status === 200;
  expect(await until(async () => !(await ready()), 1_000, 10)).toBe(true);
  expect(await until(ready, 5_000, 50)).toBe(true);
  expect(serverProcess(state, "prometheus")).not.toBe(killed);
});

test("changed files restart a server that has no reload path", async () => {
  const program = { binaries: ["sleep"], debian: "coreutils", image: "none" };
  const { ready, ...silent }: Server = { ...nodeExporter(0), name: "sleeper", program, arguments: ["1000"], ports: {} };
  expect(lines(await applyServer(state, silent))).toEqual(["started"]);
  const first = serverProcess(state, "sleeper");
  expect(lines(await applyServer(state, { ...silent, files: { a: "1" } }))).toEqual(["restarted"]);
  expect(serverProcess(state, "sleeper")).not.toBe(first);
  await removeServer(state, "sleeper");
  expect(serverProcess(state, "sleeper")).toBeUndefined();
});

test("a server whose port somebody else holds is refused, and nothing of it is left behind", async () => {
  const { server, port: taken } = await listenSomewhere();
  const [line] = lines(await applyServer(state, { ...nodeExporter(taken), name: "late" }));
  expect(line).toContain(`error port-taken [late]: port ${taken} is taken by process ${process.pid}`);
  expect(existsSync(join(state, "servers/late"))).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});

test("when the process manager is killed, the next apply ends its orphans and starts all anew", async () => {
  const orphan = serverProcess(state, "prometheus")!;
  process.kill(findSupervisord(state)!, "SIGKILL");
  expect(await until(async () => findSupervisord(state) === undefined, 2_000)).toBe(true);
  const server = prometheusServer(port, { expression: "up == 1", words: ["--storage.tsdb.retention.time=3d"] });
  expect(lines(await ensureServer(state, server))).toEqual(["unchanged"]);
  expect(serverProcess(state, "prometheus")).not.toBe(orphan);
  expect(isAlive(orphan)).toBe(false);
});

test("the last server that is removed takes the process manager with it; its data stays", async () => {
  await removeServer(state, "node");
  expect(findSupervisord(state)).toBeDefined();
  await removeServer(state, "prometheus");
  expect(findSupervisord(state)).toBeUndefined();
  expect(listProcesses().filter((process) => isOwn(state, process))).toEqual([]);
  expect(existsSync(join(state, "data/prometheus/wal"))).toBe(true);
  expect(deployedServers(state)).toEqual([]);
  await removeServer(state, "prometheus");
});
