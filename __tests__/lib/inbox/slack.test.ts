import { receiveSlack } from "../../../lib/inbox/slack";

const send = (message: unknown) => receiveSlack(JSON.stringify(message), "alerts");

test("a message as Alertmanager sends it is taken, and answered as Slack does", () => {
  const { arrival, reply } = send({
    channel: "#orders",
    username: "AlertManager",
    attachments: [
      {
        title: "CRITICAL tickets: More than 5 % of payments fail (PaymentFailureRatioHigh, local)",
        title_link: "http://127.0.0.1:9093/#/alerts",
        text: "*More than 5 % of payments fail.*\n• 82 % &lt; all failed\n<https://example.com/r?a=1&amp;b=2|Runbook> · commerce",
        fallback: "CRITICAL",
        callback_id: "",
        footer: "",
        color: "danger",
        mrkdwn_in: ["fallback", "pretext", "text"],
      },
    ],
  });
  expect(reply).toEqual({ status: 200, body: "ok", type: "text/plain; charset=utf-8" });
  expect(arrival).toEqual({
    channel: "slack",
    to: "#orders",
    status: "firing",
    severity: "critical",
    title: "tickets: More than 5 % of payments fail (PaymentFailureRatioHigh, local)",
    key: "tickets: More than 5 % of payments fail (PaymentFailureRatioHigh, local)",
    text: "More than 5 % of payments fail.\n• 82 % < all failed\nRunbook · commerce",
    links: [
      { text: "Runbook", url: "https://example.com/r?a=1&b=2" },
      { text: "Open", url: "http://127.0.0.1:9093/#/alerts" },
    ],
  });
});

test("a plain text to the address's own channel is a notice", () => {
  expect(send({ text: "Deployed *v2* to production" }).arrival).toEqual({
    channel: "slack",
    to: "#alerts",
    status: "notice",
    title: "Deployed v2 to production",
    key: "Deployed v2 to production",
    text: "",
  });
});

test("a severity in the fields is the severity, and buttons are links", () => {
  const { arrival } = send({
    attachments: [
      {
        color: "good",
        title: "Queue is empty",
        fields: [{ title: "Severity", value: "high", short: true }],
        actions: [{ type: "button", text: "Silence", url: "https://example.com/silence" }],
      },
    ],
  });
  expect(arrival).toMatchObject({
    status: "resolved",
    severity: "high",
    text: "Severity: high",
    links: [{ text: "Silence", url: "https://example.com/silence" }],
  });
});

test.each([
  ["{", "invalid_payload", /^the body is not JSON \(.+\)$/],
  ["[]", "invalid_payload", "the body must be object"],
  ["{}", "no_text", "it has neither text nor blocks nor attachments"],
  ['{"attachments": []}', "no_text", "it has neither text nor blocks nor attachments"],
  [
    '{"attachments": [{"title": "[FIRING:1] x", "color": "purple"}]}',
    "invalid_payload",
    'attachments[0].color must be good, warning, danger or a colour such as #36a64f, not "purple"',
  ],
  [
    '{"text": 7, "attachments": [{"title_link": "runbook"}]}',
    "invalid_payload",
    'text must be string; attachments[0].title_link must be an address, not "runbook"',
  ],
  [
    JSON.stringify({ attachments: Array(101).fill({ text: "x" }) }),
    "too_many_attachments",
    "attachments must have at most 100 entries, not 101",
  ],
])("%.70s is refused in Slack's words, and the inbox says why", (body, word, why) => {
  const { arrival, reply } = receiveSlack(body, "alerts");
  expect(reply).toMatchObject({ status: 400, body: word });
  expect(arrival).toMatchObject({ channel: "slack", to: "#alerts" });
  expect(arrival.refused).toEqual(typeof why === "string" ? why : expect.stringMatching(why));
});

test("a refused page still tells which one it was", () => {
  const { arrival } = send({ channel: "#orders", attachments: [{ title: "[FIRING:1] DiskFull", color: "mauve" }] });
  expect(arrival).toMatchObject({ to: "#orders", status: "firing", title: "DiskFull" });
});
