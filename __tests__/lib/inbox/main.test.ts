import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchMessages } from "../../../lib/inbox/client";
import { readSettings } from "../../../lib/inbox/settings";

const main = ["--import", "tsx", "lib/inbox/main.ts"];
const folder = mkdtempSync(join(tmpdir(), "inbox-"));
const file = join(folder, "deep", "messages.jsonl");
afterAll(() => rmSync(folder, { recursive: true }));

async function start() {
  const env = { ...process.env, INBOX_PORT: "0", INBOX_SMTP_PORT: "0", INBOX_FILE: file };
  const inbox = spawn(process.execPath, main, { env, timeout: 20_000 });
  const [line] = (await once(inbox.stdout, "data")) as [Buffer];
  return { inbox, url: /(http:\S+),/.exec(line.toString())![1]! };
}

test("what it took is there after kill -9 and a new start; SIGTERM ends it within a second", async () => {
  const first = await start();
  await fetch(`${first.url}/slack/alerts`, { method: "POST", body: '{"text": "kept"}' });
  first.inbox.kill("SIGKILL");
  await once(first.inbox, "exit");

  const second = await start();
  expect(await fetchMessages(second.url)).toMatchObject({ messages: [{ id: "1", title: "kept" }] });
  const asked = performance.now();
  second.inbox.kill("SIGTERM");
  expect(await once(second.inbox, "exit")).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(1000);
});

test("all mistakes in the settings are said at once, and nothing is opened", () => {
  const env = { ...process.env, INBOX_PORT: "http", INBOX_SMTP_PORT: "70000", INBOX_FILE: file };
  const { status, stderr } = spawnSync(process.execPath, main, { env, timeout: 20_000 });
  expect(stderr.toString()).toBe(
    'INBOX_PORT: "http" is not a port from 0 to 65535; leave it out for 9099\n' +
      'INBOX_SMTP_PORT: "70000" is not a port from 0 to 65535; leave it out for 9025\n',
  );
  expect(status).toBe(1);
});

test("an empty environment gives the defaults, on loopback", () => {
  expect(readSettings({})).toEqual({
    settings: { host: "127.0.0.1", port: 9099, smtpPort: 9025, file: ".watchbill/inbox.jsonl" },
  });
});
