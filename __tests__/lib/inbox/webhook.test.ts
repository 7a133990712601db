import { receiveWebhook } from "../../../lib/inbox/webhook";

const alert = {
  status: "firing",
  labels: { alertname: "DiskFull", severity: "warning", instance: "a" },
  annotations: { summary: "A disk is full.", description: "/ is at 99 %.", runbook_url: "https://example.com/disk" },
  startsAt: "2026-01-31T12:00:00.123456789Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "",
  fingerprint: "0123456789abcdef",
};
const message = {
  version: "4",
  groupKey: '{}:{alertname="DiskFull"}',
  truncatedAlerts: 0,
  status: "firing",
  receiver: "incidents",
  groupLabels: { alertname: "DiskFull" },
  commonLabels: { alertname: "DiskFull", severity: "warning" },
  commonAnnotations: { summary: "A disk is full.", runbook_url: "https://example.com/disk" },
  externalURL: "http://127.0.0.1:9093",
  alerts: [alert, { ...alert, annotations: { ...alert.annotations, description: "/var is at 98 %." } }],
};

test("a group of alerts is taken, with each alert in it", () => {
  const { arrival, reply } = receiveWebhook(JSON.stringify(message), "incidents");
  expect(reply.status).toBe(200);
  expect(arrival).toMatchObject({
    channel: "webhook",
    to: "incidents",
    status: "firing",
    severity: "warning",
    title: "A disk is full. ×2",
    text: "/ is at 99 %.\n/var is at 98 %.",
    key: message.groupKey,
    links: [{ text: "Runbook", url: "https://example.com/disk" }],
  });
  expect(arrival.alerts).toHaveLength(2);
  expect(arrival.alerts![0]).toEqual({
    name: "DiskFull",
    status: "firing",
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: alert.startsAt,
  });
});

test("without a common summary the alerts' names are the title", () => {
  const other = { ...alert, status: "resolved", labels: { alertname: "DiskSlow" } };
  const { arrival } = receiveWebhook(
    JSON.stringify({ ...message, commonAnnotations: {}, alerts: [alert, other] }),
    "incidents",
  );
  expect(arrival.title).toBe("DiskFull, DiskSlow");
});

test.each([
  [{ ...message, version: "3" }, 'version must be "4", not "3"'],
  [{ ...message, status: "pending" }, 'status must be one of firing, resolved, not "pending"'],
  [{ ...message, alerts: [] }, "alerts must NOT have fewer than 1 items"],
  [{ ...message, commonLabels: { severity: 1 } }, "commonLabels.severity must be string"],
  [{ ...message, alerts: [{ ...alert, startsAt: "now" }] }, 'alerts[0].startsAt must be a time, not "now"'],
])("message %# is refused with 400 and the reason", (wrong, reason) => {
  const { arrival, reply } = receiveWebhook(JSON.stringify(wrong), "incidents");
  expect(reply).toMatchObject({ status: 400, body: JSON.stringify({ errors: [reason] }) });
  expect(arrival).toMatchObject({ refused: reason, title: expect.stringMatching(/disk|Disk/) });
});
