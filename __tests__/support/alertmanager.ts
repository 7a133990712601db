import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@watchbill/model";
import { alertmanager } from "../../lib/backends/alertmanager";
import { findBinary } from "../../lib/runtime/programs";
import { freePort } from "./real-servers";

/** What a webhook of Alertmanager's was told (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
export interface Told {
  readonly receiver: string;
  readonly status: "firing" | "resolved";
  readonly groupKey: string;
  readonly alerts: readonly {
    readonly status: "firing" | "resolved";
    readonly labels: Readonly<Record<string, string>>;
  }[];
  /** When it came, in milliseconds since 1970, and to which path. */
  readonly at: number;
  readonly path: string;
}

/** An alert as Prometheus sends it; times as ISO 8601. */
export interface Sent {
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
}

/** An alert as Alertmanager shows it. */
export interface Shown {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: { readonly inhibitedBy: readonly string[]; readonly silencedBy: readonly string[] };
}

/** A group as Alertmanager shows it. */
export interface ShownGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly receiver: { readonly name: string };
  readonly alerts: readonly Shown[];
}

/** Takes down whatever a webhook tells it. */
export async function listener(): Promise<{
  readonly url: string;
  readonly told: readonly Told[];
  readonly close: () => void;
}> {
  const told: Told[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      told.push({ ...(JSON.parse(body) as Told), at: Date.now(), path: request.url ?? "/" });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, told, close };
}

/** Ends a process that may have ended already. */
export async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise((resolve) => server.once("exit", resolve));
  server.kill();
  await exit;
}

/** Starts the real Alertmanager and waits until it is ready. A free port may be taken by then: another one is tried. */
export async function startAlertmanager(
  config: string,
  data: string,
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  let said = "";
  for (let tries = 0; tries < 3; tries++) {
    const url = `http://127.0.0.1:${await freePort()}`;
    const server = spawn(
      // `npm test` installs it; a test that is skipped where it is missing would prove nothing.
      findBinary(["alertmanager", "prometheus-alertmanager"]) ?? "alertmanager",
      [
        `--config.file=${config}`,
        `--storage.path=${data}`,
        "--cluster.listen-address=",
        `--web.listen-address=${new URL(url).host}`,
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    said = "";
    server.stderr.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    for (const end = Date.now() + 20_000; Date.now() < end && server.exitCode === null; await sleep(50)) {
      const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
      if (answer?.ok) return { server, url };
    }
    await ended(server);
  }
  throw new Error(`Alertmanager did not become ready: ${said}`);
}

/** The real Alertmanager with an environment's own configuration, or with any. */
export class RealAlertmanager {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  static start(environment: Environment): Promise<RealAlertmanager> {
    return RealAlertmanager.with(alertmanager({ environment, services: environment.services }).files);
  }

  /** @param files by path, `alertmanager/alertmanager.yml` among them */
  static async with(files: Readonly<Record<string, string>>): Promise<RealAlertmanager> {
    const folder = mkdtempSync(join(tmpdir(), "watchbill-alertmanager-"));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { server, url } = await startAlertmanager(
      join(folder, "alertmanager/alertmanager.yml"),
      join(folder, "data"),
    );
    return new RealAlertmanager(server, folder, url);
  }

  /** Tells it, as Prometheus does, that alerts with these labels fire. */
  async fire(alerts: readonly Readonly<Record<string, string>>[]): Promise<void> {
    const startsAt = new Date().toISOString();
    await this.send(alerts.map((labels) => ({ labels, annotations: { summary: labels.alertname }, startsAt })));
  }

  /** Tells it of alerts, firing or resolved. */
  async send(alerts: readonly Sent[]): Promise<void> {
    await this.#post("alerts", alerts);
  }

  /** Silences what matches all of it, from now on. */
  async silence(
    matchers: readonly { name: string; value: string; isRegex: boolean; isEqual: boolean }[],
    minutes: number,
  ): Promise<string> {
    const times = { startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + minutes * 60_000).toISOString() };
    const answer = await this.#post("silences", { matchers, ...times, createdBy: "a test", comment: "a test" });
    return ((await answer.json()) as { silenceID: string }).silenceID;
  }

  async #post(what: string, body: unknown): Promise<Response> {
    const answer = await fetch(`${this.url}/api/v2/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`Alertmanager said ${answer.status}: ${await answer.text()}`);
    return answer;
  }

  /** Every alert that it knows, with whom it tells and what holds it back. */
  async alerts(): Promise<readonly Shown[]> {
    return (await (await fetch(`${this.url}/api/v2/alerts`)).json()) as readonly Shown[];
  }

  async groups(): Promise<readonly ShownGroup[]> {
    return (await (await fetch(`${this.url}/api/v2/alerts/groups`)).json()) as readonly ShownGroup[];
  }

  /** Names of the alerts that it holds back because of others. */
  async inhibited(): Promise<readonly string[]> {
    const answer = await fetch(`${this.url}/api/v2/alerts?inhibited=true`);
    const alerts = (await answer.json()) as { labels: Record<string, string>; status: { inhibitedBy: string[] } }[];
    return alerts
      .filter(({ status }) => status.inhibitedBy.length > 0)
      .map(({ labels }) => labels.alertname ?? "")
      .sort();
  }

  async stop(): Promise<void> {
    await ended(this.process);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
