import { receivePagerDuty } from "../../../lib/inbox/pagerduty";

const key = "0123456789abcdef0123456789abcdef";
const trigger = {
  routing_key: key,
  event_action: "trigger",
  dedup_key: "a1b2",
  payload: { summary: "CRITICAL tickets: down", source: "Alertmanager", severity: "critical" },
};
const send = (event: unknown, service?: string) => receivePagerDuty(JSON.stringify(event), service);

test("a trigger is taken with 202, as Events API v2 answers", () => {
  const { arrival, reply } = send(
    {
      ...trigger,
      client: "Alertmanager",
      client_url: "http://127.0.0.1:9093",
      links: [{ href: "https://example.com/runbook", text: "Runbook" }],
      payload: { ...trigger.payload, custom_details: { firing: "1", what: "Two\nlines", resolved: "" } },
    },
    "tickets",
  );
  expect(reply).toEqual({
    status: 202,
    body: '{"status":"success","message":"Event processed","dedup_key":"a1b2"}',
    type: "application/json",
  });
  expect(arrival).toEqual({
    channel: "pagerduty",
    to: "tickets",
    status: "firing",
    severity: "critical",
    title: "tickets: down",
    text: "Two\nlines\nfiring: 1",
    key: "a1b2",
    links: [
      { text: "Runbook", url: "https://example.com/runbook" },
      { text: "Alertmanager", url: "http://127.0.0.1:9093" },
    ],
  });
});

test("a resolution needs no payload, and has the key of what it resolves", () => {
  const { arrival, reply } = send({ routing_key: key, event_action: "resolve", dedup_key: "a1b2" });
  expect(reply.status).toBe(202);
  expect(arrival).toMatchObject({ status: "resolved", key: "a1b2" });
});

test("an acknowledgement is a notice", () => {
  const { arrival } = send({ ...trigger, event_action: "acknowledge" });
  expect(arrival).toMatchObject({ status: "notice", title: "acknowledged: tickets: down" });
});

test("a trigger without a key gets one", () => {
  const { dedup_key: _, ...without } = trigger;
  const { arrival, reply } = send(without);
  expect(JSON.parse(reply.body).dedup_key).toMatch(/^[0-9a-f]{32}$/);
  expect(arrival.key).toBe(JSON.parse(reply.body).dedup_key);
});

test("of a routing key, which is a secret, no more than the end is kept", () => {
  const { arrival } = send(trigger);
  expect(arrival.to).toBe("key …cdef");
  expect(JSON.stringify(arrival)).not.toContain(key.slice(0, 28));
});

test.each([
  [{ ...trigger, routing_key: "local" }, "Length of 'routing_key' is incorrect (should be 32 characters)"],
  [{ event_action: "trigger", payload: trigger.payload }, "routing_key is missing"],
  [{ ...trigger, event_action: "page" }, 'event_action must be one of trigger, acknowledge, resolve, not "page"'],
  [{ routing_key: key, event_action: "trigger" }, "payload is missing"],
  [{ routing_key: key, event_action: "resolve" }, "dedup_key is missing"],
  [{ ...trigger, dedup_key: "k".repeat(256) }, "dedup_key must have at most 255 characters, not 256"],
  [{ ...trigger, payload: { ...trigger.payload, summary: "" } }, "payload.summary must not be empty"],
  [
    { ...trigger, payload: { ...trigger.payload, summary: "s".repeat(1025) } },
    "payload.summary must have at most 1024 characters, not 1025",
  ],
  [
    { ...trigger, payload: { ...trigger.payload, severity: "high" } },
    'payload.severity must be one of critical, warning, error, info, not "high"',
  ],
  [
    { ...trigger, payload: { ...trigger.payload, timestamp: "yesterday" } },
    'payload.timestamp must be a time, not "yesterday"',
  ],
  [{ ...trigger, links: [{ href: "" }] }, 'links[0].href must be an address, not ""'],
  [{ ...trigger, images: [{ src: "http://x/y.png" }] }, 'images[0].src must be an https address, not "http://x/y.png"'],
])("event %# is refused with 400 and the reason", (event, reason) => {
  const { arrival, reply } = send(event);
  expect(reply.status).toBe(400);
  expect(JSON.parse(reply.body)).toEqual({
    status: "invalid event",
    message: "Event object is invalid",
    errors: [reason],
  });
  expect(arrival.refused).toBe(reason);
});

test("all that is wrong is said at once", () => {
  const { reply } = send({ event_action: "trigger", payload: {} });
  expect(JSON.parse(reply.body).errors.sort()).toEqual([
    "payload.severity is missing",
    "payload.source is missing",
    "payload.summary is missing",
    "routing_key is missing",
  ]);
});
