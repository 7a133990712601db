import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@watchbill/model";
import { checkerWords, missingParts, takenPorts } from "../../../../lib/runtime/processes/mistakes";
import { preflight } from "../../../../lib/runtime/processes/preflight";
import type { Server } from "../../../../lib/runtime/server";
import {
  freePort,
  listenSomewhere,
  nodeExporter,
  prometheusServer,
  temporaryState,
} from "../../../support/real-servers";

const { state, remove } = temporaryState();
afterAll(remove);

const absent: Server = {
  ...nodeExporter(9100),
  program: { binaries: ["no_such_exporter"], debian: "prometheus-no-such-exporter", image: "none" },
};

test("a missing binary is a line that names the Debian package which brings it", async () => {
  expect((await missingParts(state, absent)).map(formatDiagnostic)).toEqual([
    "error program-missing [node]: no_such_exporter is not installed → apt-get install prometheus-no-such-exporter",
  ]);
});

test("a missing script is a line that names it", async () => {
  const server: Server = { ...nodeExporter(9100), program: { script: "lib/nowhere.ts" } };
  expect((await missingParts(state, server)).map(formatDiagnostic)).toEqual([
    "error program-missing [node]: lib/nowhere.ts is not there → name a TypeScript file of this repository",
  ]);
});

test("a secret that is missing and one that is empty are lines that say where to write them", async () => {
  mkdirSync(join(state, "secrets"), { recursive: true });
  writeFileSync(join(state, "secrets", "empty"), "\n");
  writeFileSync(join(state, "secrets", "good"), "key\n");
  const server: Server = { ...nodeExporter(9100), secrets: ["good", "empty", "routing-key"] };
  expect((await missingParts(state, server)).map(formatDiagnostic)).toEqual([
    `error secret-missing [node]: the secret empty is empty → write it to ${state}/secrets/empty`,
    `error secret-missing [node]: the secret routing-key is missing → write it to ${state}/secrets/routing-key`,
  ]);
});

test("a taken port is a line that names who holds it and two ways out", async () => {
  const { server, port } = await listenSomewhere();
  const [line] = takenPorts(state, nodeExporter(port)).map(formatDiagnostic);
  expect(line).toMatch(
    new RegExp(
      `^error port-taken \\[node\\]: port ${port} is taken by process ${process.pid} \\(.*\\) → ` +
        `end it \\(kill ${process.pid}\\), or take other ports: WATCHBILL_PORT_OFFSET=1000 npm run up$`,
    ),
  );
  await new Promise((resolve) => server.close(resolve));
});

test("all mistakes of all servers are found at once, and nothing is written to the state folder", async () => {
  const port = await freePort();
  const broken = prometheusServer(port, { expression: "up ==" });
  const found = await preflight(join(state, "fresh"), [broken, { ...absent, ports: { http: port }, secrets: ["key"] }]);
  expect(found.map(formatDiagnostic)).toEqual([
    `error port-shared [node]: port ${port} is wanted by prometheus too → give one of them another port in the environment`,
    expect.stringMatching(
      /^error files-refused \[prometheus\]: rules\/test\.yml: 5:15: group "test", rule 1, "Test": could not parse expression: .* → mend the declaration; the files in use stay as they were$/,
    ),
    expect.stringMatching(/^error program-missing \[node\]/),
    expect.stringMatching(/^error secret-missing \[node\]/),
  ]);
  expect(existsSync(join(state, "fresh"))).toBe(false);
});

test("promtool's words are kept, without the files it found good and without the folder they were in", () => {
  const printed = `Checking /tmp/x/config/prometheus.yml
  SUCCESS: 1 rule files found

Checking /tmp/x/config/rules/a.yml
  FAILED:
     /tmp/x/config/rules/a.yml: yaml: unmarshal errors:
  line 7: field exprx not found in type rulefmt.RuleNode
     /tmp/x/config/rules/a.yml: 5:11: group "a", rule 1, "A": could not parse expression
`;
  expect(checkerWords(printed, "/tmp/x/config")).toBe(
    'rules/a.yml: yaml: unmarshal errors: line 7: field exprx not found in type rulefmt.RuleNode; rules/a.yml: 5:11: group "a", rule 1, "A": could not parse expression',
  );
});

test("amtool's words are what stands behind FAILED", () => {
  const printed = `Checking '/c/alertmanager.yml'  FAILED: undefined receiver "x" used in route
amtool: error: failed to validate 1 file(s)
`;
  expect(checkerWords(printed, "/c")).toBe('undefined receiver "x" used in route');
});

test("an exporter's words are its errors, without the time and the line of its source", () => {
  const printed = `ts=2026-11-21T00:37:00.234Z caller=main.go:78 level=info msg="Starting blackbox_exporter"
ts=2026-11-21T00:37:00.234Z caller=main.go:82 level=error msg="Error loading config" err="field route not found"
`;
  expect(checkerWords(printed, "/c")).toBe('msg="Error loading config" err="field route not found"');
});
