import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Inbox, openInbox } from "../../../lib/inbox/inbox";
import type { Message } from "../../../lib/inbox/message";
import { findBinary } from "../../../lib/runtime/programs";
import { freePort } from "../../support/real-servers";

/** The real Alertmanager, with a configuration written by hand, so that the inbox is judged by its true caller. */
// `npm test` installs it; a test that is skipped where it is missing would prove nothing.
const binary = findBinary(["alertmanager", "prometheus-alertmanager"]) ?? "alertmanager";

const routingKey = "0123456789abcdef0123456789abcdef";

const configuration = ({ port, smtpPort }: Inbox) => `
global:
  smtp_smarthost: 127.0.0.1:${smtpPort}
  smtp_from: watchbill@example.com
  smtp_require_tls: false
route:
  receiver: everyone
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
  routes:
    - matchers: [alertname="Watchdog"]
      receiver: watchdog
      repeat_interval: 1s
    - matchers: [alertname="BadlyConfigured"]
      receiver: wrong
receivers:
  - name: everyone
    slack_configs:
      - { api_url: "http://127.0.0.1:${port}/slack/alerts", channel: "#alerts", send_resolved: true }
    pagerduty_configs:
      - { url: "http://127.0.0.1:${port}/pagerduty/tickets/v2/enqueue", routing_key: ${routingKey}, severity: critical }
    webhook_configs:
      - { url: "http://127.0.0.1:${port}/webhook/incidents" }
    email_configs:
      - { to: team@example.com, send_resolved: true }
  - name: watchdog
    webhook_configs:
      - { url: "http://127.0.0.1:${port}/heartbeat/watchdog" }
  - name: wrong
    pagerduty_configs:
      - { url: "http://127.0.0.1:${port}/pagerduty/tickets/v2/enqueue", routing_key: ${routingKey}, severity: page }
`;

describe("Alertmanager", () => {
  const folder = mkdtempSync(join(tmpdir(), "inbox-"));
  let inbox: Inbox;
  let alertmanager: ChildProcess;
  let api: string;

  beforeAll(async () => {
    const file = join(folder, "messages.jsonl");
    inbox = await openInbox({ host: "127.0.0.1", port: 0, smtpPort: 0, file }, () => {});
    const port = await freePort();
    api = `http://127.0.0.1:${port}`;
    writeFileSync(join(folder, "alertmanager.yml"), configuration(inbox));
    alertmanager = spawn(
      binary,
      [
        `--config.file=${join(folder, "alertmanager.yml")}`,
        `--storage.path=${join(folder, "data")}`,
        "--cluster.listen-address=",
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: "ignore" },
    );
    await until(async () => (await fetch(`${api}/-/ready`)).ok);
  });
  afterAll(async () => {
    alertmanager.kill();
    await once(alertmanager, "exit");
    await inbox.close();
    rmSync(folder, { recursive: true });
  });

  async function until(done: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
      if (await done().catch(() => false)) return;
    }
    throw new Error("it did not happen within 30 s");
  }
  const messages = async () =>
    (await (await fetch(`http://127.0.0.1:${inbox.port}/messages`)).json()) as readonly Message[];
  /** Messages with this status once there are so many of them. */
  async function arrived(count: number, which: (message: Message) => boolean): Promise<readonly Message[]> {
    let found: readonly Message[] = [];
    await until(async () => {
      found = (await messages()).filter(which);
      return found.length >= count;
    });
    return found;
  }
  const alert = (alertname: string, endsAt?: Date) =>
    fetch(`${api}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([
        {
          labels: { alertname, service: "tickets", severity: "critical" },
          annotations: { summary: "More than 5 % of payments fail.", description: "82 % of payments failed." },
          ...(endsAt && { endsAt: endsAt.toISOString() }),
        },
      ]),
    });
  const told = (all: readonly Message[]) => all.map(({ channel, to }) => `${channel} ${to}`).sort();
  const everybody = ["email team@example.com", "pagerduty tickets", "slack #alerts", "webhook incidents"];

  test("calls everybody when an alert fires, and again when it is over", async () => {
    await alert("PaymentsFail");
    const firing = await arrived(4, ({ status }) => status === "firing");
    expect(told(firing)).toEqual(everybody);
    for (const { title } of firing) expect(title).toMatch(/PaymentsFail|More than 5 % of payments fail/);
    expect(firing.find(({ channel }) => channel === "webhook")).toMatchObject({
      severity: "critical",
      text: "82 % of payments failed.",
      alerts: [{ name: "PaymentsFail", status: "firing" }],
    });
    expect(firing.find(({ channel }) => channel === "email")!.text).toContain("alertname = PaymentsFail");

    await alert("PaymentsFail", new Date());
    const resolved = await arrived(4, ({ status }) => status === "resolved");
    expect(told(resolved)).toEqual(everybody);
    for (const over of resolved) {
      const before = firing.find(({ channel }) => channel === over.channel)!;
      expect(over.key).toBe(before.key);
    }
    expect((await messages()).filter(({ refused }) => refused)).toEqual([]);
  });

  test("keeps a dead man's switch beating", async () => {
    await alert("Watchdog");
    const [beat] = await arrived(1, ({ beats }) => (beats?.count ?? 0) >= 2);
    expect(beat).toMatchObject({ channel: "heartbeat", to: "watchdog" });
  });

  test("is told by PagerDuty's schema that a severity is wrong", async () => {
    await alert("BadlyConfigured");
    const [refused] = await arrived(1, (message) => message.refused !== undefined);
    expect(refused).toMatchObject({
      refused: 'payload.severity must be one of critical, warning, error, info, not "page"',
      title: expect.stringContaining("BadlyConfigured"),
    });
  });
});
