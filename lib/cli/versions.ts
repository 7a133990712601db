import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ask, isGood, urlOf } from "../runtime/ready";
import { repositoryRoot } from "../runtime/repository-root";
import type { Server } from "../runtime/server";

/** The version that a server runs with, as it says itself; undefined when it does not answer. */
export async function versionOf(server: Server): Promise<string | undefined> {
  if ("script" in server.program) return versionOfScript(server.program.script);
  const url = urlOf(server);
  if (url === undefined) return undefined;
  for (const [path, read] of sources) {
    const answer = await ask(url + path);
    if (answer.status === 0) return undefined;
    const version = isGood(answer) ? read(answer.body) : undefined;
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Where servers say their version: Prometheus, Alertmanager, Grafana, and every exporter of the Prometheus project. */
const sources: readonly (readonly [path: string, read: (body: string) => string | undefined])[] = [
  ["/api/v1/status/buildinfo", (body) => field(body, "data", "version")],
  ["/api/v2/status", (body) => field(body, "versionInfo", "version")],
  ["/api/health", (body) => field(body, "version")],
  ["/metrics", (body) => /^\w+_build_info\{[^}]*\bversion="([^"]+)"/m.exec(body)?.[1]],
];

function field(body: string, ...path: readonly string[]): string | undefined {
  try {
    const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], JSON.parse(body));
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A script has the version of the package it belongs to. */
function versionOfScript(script: string): string | undefined {
  for (let folder = dirname(script); ; folder = dirname(folder)) {
    const file = join(repositoryRoot, folder, "package.json");
    if (existsSync(file)) return field(readFileSync(file, "utf8"), "version");
    if (folder === ".") return undefined;
  }
}
