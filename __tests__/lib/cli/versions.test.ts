import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { versionOf } from "../../../lib/cli/versions";
import { freePort, nodeExporter } from "../../support/real-servers";

/** A server that answers these paths and nothing else. */
async function answering<T>(answers: Readonly<Record<string, string>>, work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const body = answers[request.url ?? ""];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test.each([
  ["Prometheus", { "/api/v1/status/buildinfo": '{"status":"success","data":{"version":"2.42.0"}}' }, "2.42.0"],
  ["Alertmanager", { "/api/v2/status": '{"versionInfo":{"version":"0.25.0"}}' }, "0.25.0"],
  ["Grafana", { "/api/health": '{"database":"ok","version":"12.1.1"}' }, "12.1.1"],
  ["an exporter", { "/metrics": 'up 1\nnode_exporter_build_info{branch="x",version="1.5.0"} 1\n' }, "1.5.0"],
  ["a server that says none", { "/metrics": "up 1\n" }, undefined],
  ["a server that says nonsense", { "/api/v2/status": "<html>" }, undefined],
])("the version of %s is what it says itself", async (_, answers, version) => {
  expect(await answering(answers, (port) => versionOf(nodeExporter(port)))).toBe(version);
});

test("a server that does not answer has no version", async () => {
  expect(await versionOf(nodeExporter(await freePort()))).toBeUndefined();
});

test("a script has the version of the package it belongs to", async () => {
  const version = (script: string) => versionOf({ ...nodeExporter(1), program: { script } });
  expect(await version("examples/ticket-shop/src/main.ts")).toBe(
    require("../../../examples/ticket-shop/package.json").version,
  );
  expect(await version("lib/inbox/main.ts")).toBe(require("../../../package.json").version);
});
