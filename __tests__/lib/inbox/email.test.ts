import { readEmail } from "../../../lib/inbox/email";

const mail = (headers: readonly string[], body: string) => Buffer.from([...headers, "", body].join("\r\n"));

test("a mail goes to its envelope's recipients, and its subject says the status", async () => {
  const raw = mail(
    ["From: a@example.com", "To: list@example.com", "Subject: =?utf-8?q?CRITICAL_tickets:_5_=25_fail?="],
    "What failed.\r\n",
  );
  expect(await readEmail(raw, ["x@example.com", "y@example.com"])).toEqual({
    channel: "email",
    to: "x@example.com, y@example.com",
    status: "firing",
    severity: "critical",
    title: "tickets: 5 % fail",
    key: "tickets: 5 % fail",
    text: "What failed.",
  });
});

test("of a mail with both parts the plain one is read", async () => {
  const raw = mail(
    ["Subject: x", "MIME-Version: 1.0", 'Content-Type: multipart/alternative; boundary="b"'],
    ["--b", "Content-Type: text/plain", "", "plain", "--b", "Content-Type: text/html", "", "<p>rich</p>", "--b--"].join(
      "\r\n",
    ),
  );
  expect((await readEmail(raw, ["x@example.com"])).text).toBe("plain");
});

test("a mail that is only HTML, as Alertmanager's own, is read as text", async () => {
  const html = `<html><head><title>t</title><style>p{}</style></head><!-- secret --><body>
    <h2>A  disk &amp; more</h2><p>one<br/>two &lt;b&gt; &#39;q&#39;</p><table><tr><td>cell</td></tr></table></body></html>`;
  const raw = mail(["Subject: [RESOLVED] x", "Content-Type: text/html"], html);
  expect(await readEmail(raw, ["x@example.com"])).toMatchObject({
    status: "resolved",
    text: "A disk & more\none\ntwo <b> 'q'\ncell",
  });
});

test("a mail without a subject is a notice", async () => {
  expect(await readEmail(mail(["From: a@example.com"], "hello"), ["x@example.com"])).toMatchObject({
    status: "notice",
    title: "(no subject)",
  });
});
