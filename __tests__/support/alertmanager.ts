import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@watchbill/model";
import { alertmanager } from "../../lib/backends/alertmanager";
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
    const port = await freePort();
    const server = spawn(
      "prometheus-alertmanager",
      [
        `--config.file=${join(folder, "alertmanager/alertmanager.yml")}`,
        `--storage.path=${join(folder, "data")}`,
        "--cluster.listen-address=",
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: "ignore" },
    );
    const url = `http://127.0.0.1:${port}`;
    const started = new RealAlertmanager(server, folder, url);
    for (let tries = 0; tries < 100; tries++) {
      const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
      if (answer?.ok) return started;
      await sleep(100);
    }
    await started.stop();
    throw new Error("Alertmanager did not become ready within 10 s");
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
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
