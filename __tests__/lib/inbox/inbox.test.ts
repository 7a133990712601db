import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchMessages } from "../../../lib/inbox/client";
import { type Inbox, openInbox } from "../../../lib/inbox/inbox";
import type { Message } from "../../../lib/inbox/message";

const folder = mkdtempSync(join(tmpdir(), "inbox-"));
const file = join(folder, "messages.jsonl");
const settings = { host: "127.0.0.1", port: 0, smtpPort: 0, file };
let inbox: Inbox;
let url: string;
let lines: string[] = [];
beforeEach(async () => {
  lines = [];
  inbox = await openInbox(settings, (line) => lines.push(line));
  url = `http://127.0.0.1:${inbox.port}`;
});
afterEach(async () => {
  await inbox.close();
  rmSync(file, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const post = (path: string, body: unknown, method = "POST") =>
  fetch(url + path, { method, body: typeof body === "string" ? body : JSON.stringify(body) });
async function messages(since?: string): Promise<readonly Message[]> {
  const fetched = await fetchMessages(url, since);
  if ("problem" in fetched) throw new Error(fetched.problem);
  return fetched.messages;
}
const event = {
  routing_key: "0123456789abcdef0123456789abcdef",
  event_action: "trigger",
  payload: { summary: "FIRING down", source: "x", severity: "error" },
};

test("it is ready, and says where it is", async () => {
  expect((await fetch(`${url}/-/ready`)).status).toBe(200);
  expect(lines).toEqual([`inbox: ${url}, mail on port ${inbox.smtpPort}, kept in ${file}`]);
});

test("an address that is none is refused, and the inbox goes on", async () => {
  const answer = await fetch(`${url}//`);
  expect([answer.status, await answer.text()]).toEqual([400, 'the inbox can\'t read the address "//"\n']);
  expect((await fetch(`${url}/-/ready`)).status).toBe(200);
});

test("each vendor's address takes its messages; the path names the recipient", async () => {
  expect(await (await post("/slack/on-call", { text: "hello" })).text()).toBe("ok");
  expect((await post("/pagerduty/v2/enqueue", event)).status).toBe(202);
  expect((await post("/pagerduty/tickets%20api/v2/enqueue", event)).status).toBe(202);
  expect((await post("/heartbeat/watchdog", "", "PUT")).status).toBe(200);
  expect((await post("/heartbeat/watchdog", { any: "thing" })).status).toBe(200);
  expect((await messages()).map(({ channel, to }) => `${channel} ${to}`)).toEqual([
    "slack #on-call",
    "pagerduty key …cdef",
    "pagerduty tickets api",
    "heartbeat watchdog",
  ]);
  expect(lines.slice(1)).toEqual([
    "notice to Slack #on-call: hello",
    "FIRING to PagerDuty key …cdef: down",
    "FIRING to PagerDuty tickets api: down",
  ]);
});

test("what a vendor would refuse is refused, kept and logged with the reason", async () => {
  expect((await post("/slack/alerts", {})).status).toBe(400);
  expect((await post("/webhook/incidents", "[]")).status).toBe(400);
  expect((await messages()).map(({ refused }) => refused)).toEqual([
    "it has neither text nor blocks nor attachments",
    "the body must be object",
  ]);
  expect(lines[1]).toBe(
    "REFUSED to Slack #alerts: (nothing that can be read) (it has neither text nor blocks nor attachments)",
  );
});

test("what came is asked for by id and by time", async () => {
  await post("/slack/alerts", { text: "one" });
  await post("/slack/alerts", { text: "two" });
  const [one, two] = await messages();
  expect((await messages(one!.id)).map(({ title }) => title)).toEqual(["two"]);
  expect((await messages(two!.at)).map(({ title }) => title)).toContain("two");
  expect(await fetchMessages(url, "lunch")).toEqual({
    problem: `${url}/messages?since=lunch answers 400: since: "lunch" is neither a message's id nor a time such as 2026-01-31T12:00:00Z`,
  });
});

test.each([
  ["GET", "/slack/alerts", 404],
  ["POST", "/slack/a/b", 404],
  ["POST", "/elsewhere", 404],
  ["DELETE", "/messages", 404],
])("%s %s is not here", async (method, path, status) => {
  expect((await fetch(url + path, { method })).status).toBe(status);
  expect(await messages()).toEqual([]);
});

test("what is larger than any vendor takes is refused, and the inbox goes on", async () => {
  expect((await post("/slack/alerts", "x".repeat(1024 * 1024 + 1))).status).toBe(413);
  expect((await fetch(`${url}/-/ready`)).status).toBe(200);
});

test("the page is served", async () => {
  await post("/slack/alerts", { text: "FIRING something" });
  const response = await fetch(url);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await response.text()).toContain("<b>something</b>");
});

test("a message that can't be kept is answered with 500, so that the sender comes again", async () => {
  mkdirSync(file);
  expect((await post("/slack/alerts", { text: "one" })).status).toBe(500);
  rmSync(file, { recursive: true });
  expect((await post("/slack/alerts", { text: "one" })).status).toBe(200);
});

test("mail is taken over SMTP for anybody", async () => {
  const socket = connect(inbox.smtpPort, "127.0.0.1");
  const said: string[] = [];
  socket.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const dialogue = [
    "EHLO x",
    "MAIL FROM:<a@example.com>",
    "RCPT TO:<team@example.com>",
    "DATA",
    "Subject: RESOLVED all well\r\n\r\nIt is over.\r\n.",
    "QUIT",
  ];
  for (const line of dialogue) {
    await once(socket, "data");
    socket.write(`${line}\r\n`);
  }
  await once(socket, "close");
  expect(said.join("")).not.toMatch(/^5/m);
  expect(await messages()).toMatchObject([
    { channel: "email", to: "team@example.com", status: "resolved", title: "all well", text: "It is over." },
  ]);
});

test("a port that is taken is an error that names the setting, and nothing stays open", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(openInbox({ ...settings, port }, () => {})).rejects.toThrow(
    `INBOX_PORT: port ${port} is taken; stop what listens there, or set another one`,
  );
  await expect(openInbox({ ...settings, smtpPort: port }, () => {})).rejects.toThrow(
    `INBOX_SMTP_PORT: port ${port} is taken; stop what listens there, or set another one`,
  );
  other.close();
});

test("an inbox that is not there is one line with a way out", async () => {
  await inbox.close();
  expect(await fetchMessages(url)).toEqual({
    problem: `the inbox at ${url} does not answer (ECONNREFUSED); start it with: npm run up`,
  });
  expect(await fetchMessages("inbox")).toEqual({
    problem: '"inbox" is not an inbox\'s address; one is http://127.0.0.1:9099',
  });
});
