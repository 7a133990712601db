import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackagedProgram, Server } from "../../lib/runtime/server";

/** A state folder of its own, so that a test meets no server but its own. */
export function temporaryState(): { readonly state: string; readonly remove: () => void } {
  const state = mkdtempSync(join(tmpdir(), "watchbill-test-"));
  return { state, remove: () => rmSync(state, { recursive: true, force: true }) };
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const { server, port } = await listenSomewhere();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Listens on a port of the loopback interface, as any program might. */
export function listenSomewhere(): Promise<{ readonly server: NetServer; readonly port: number }> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      resolve({ server, port: (server.address() as { port: number }).port });
    });
  });
}

const debian = (name: string, ...binaries: string[]): PackagedProgram => ({ binaries, debian: name, image: "none" });

/** A Prometheus with one alert; `words` are further arguments. */
export function prometheusServer(port: number, { expression = "up == 0", words = [] as string[] } = {}): Server {
  const rules = `groups:\n  - name: test\n    rules:\n      - alert: Test\n        expr: ${expression}\n`;
  return {
    name: "prometheus",
    program: debian("prometheus", "prometheus"),
    arguments: [
      "--config.file={config}/prometheus.yml",
      "--storage.tsdb.path={data}",
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-lifecycle",
      ...words,
    ],
    ports: { http: port },
    ready: "/-/ready",
    reload: "/-/reload",
    check: { program: debian("prometheus", "promtool"), arguments: ["check", "config", "{config}/prometheus.yml"] },
    files: {
      "prometheus.yml": `global: { scrape_interval: 1s }\nrule_files: [rules/*.yml]\nscrape_configs:\n  - job_name: self\n    static_configs: [{ targets: ["127.0.0.1:${port}"] }]\n`,
      "rules/test.yml": rules,
    },
    keepsData: true,
    secrets: [],
  };
}

/** A server without files, which answers on `/metrics`. */
export const nodeExporter = (port: number): Server => ({
  name: "node",
  program: debian("prometheus-node-exporter", "node_exporter", "prometheus-node-exporter"),
  arguments: [`--web.listen-address=127.0.0.1:${port}`],
  ports: { http: port },
  ready: "/metrics",
  files: {},
  keepsData: false,
  secrets: [],
});
