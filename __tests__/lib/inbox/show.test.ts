import type { Message } from "../../../lib/inbox/message";
import { formatInbox } from "../../../lib/inbox/show";

const now = new Date("2026-01-31T12:05:00Z");
const show = (messages: readonly Message[], color = false) => formatInbox(messages, { now, color, timeZone: "UTC" });
const page: Message = {
  id: "1",
  at: "2026-01-31T12:03:41.250Z",
  channel: "slack",
  to: "#alerts",
  status: "firing",
  severity: "critical",
  title: "tickets: More than 5 % of payments fail (PaymentFailureRatioHigh, local)",
  text: "More than 5 % of payments fail.\n• 82 % of payments failed over the last 30 s.\nRunbook · Owner: commerce",
  key: "k",
  links: [
    { text: "Runbook", url: "https://example.com/runbooks/payments.md" },
    { text: "Silence", url: `http://127.0.0.1:9093/#/silences/new?filter=${"x".repeat(80)}` },
  ],
};
const paged: Message = { ...page, id: "2", channel: "pagerduty", to: "tickets", text: "…" };
const mailed: Message = { ...page, id: "3", channel: "email", to: "team@example.com", at: "2026-01-31T12:03:44.250Z" };
const resolved: Message = { ...page, id: "4", status: "resolved", at: "2026-01-31T12:04:58Z", text: "", links: [] };

test("nothing yet is a friendly line", () => {
  expect(show([])).toBe("  Nobody has been called. Break something and watch: npm run break -- payments");
});

test("the table says who was called, when, about what, and what is still firing", () => {
  expect(show([page, paged, mailed])).toBe(
    [
      "  WHEN          WHO                STATE     ABOUT WHAT",
      "",
      "  12:03:41      Slack #alerts      FIRING    tickets: More than 5 % of payments fail",
      "  79 s ago      PagerDuty tickets  critical  (PaymentFailureRatioHigh, local)",
      "                team@example.com             • 82 % of payments failed over the last 30 s.",
      "                                             Owner: commerce",
      "                                             Runbook: https://example.com/runbooks/payments.md",
      "",
      "  Firing now: tickets: More than 5 % of payments fail (PaymentFailureRatioHigh, local), since",
      "  12:03:41",
    ].join("\n"),
  );
});

test("a resolution stands below its firing, and the end says that all is well", () => {
  const lines = show([page, resolved]).split("\n");
  expect(lines.filter((line) => /FIRING|resolved {2}/.test(line)).map((line) => line.slice(2, 10))).toEqual([
    "12:03:41",
    "12:04:58",
  ]);
  expect(lines.at(-1)).toBe("  Nothing is firing: all of it is resolved.");
});

test("a refused message is shown with the reason, and counted", () => {
  const text = show([{ ...paged, refused: "dedup_key is missing" }]);
  expect(text).toMatch(/PagerDuty tickets {2}REFUSED {3}tickets: More/);
  expect(text).toContain("It would not be taken: dedup_key is missing.");
  expect(text).toContain("\n  Refused, so that nobody was told: 1");
  expect(text).not.toContain("Firing now");
});

test("another day's message shows its day", () => {
  expect(show([{ ...page, at: "2026-01-29T23:59:00Z" }])).toContain("  29 Jan 23:59  Slack #alerts  FIRING");
});

test("no line but one with a single address is wider than 100 columns, whatever is in the message", () => {
  const wide: Message = {
    ...page,
    to: `#${"channel-".repeat(10)}`,
    severity: "catastrophic-beyond-words",
    title: `${"word ".repeat(60)}${"x".repeat(200)}`,
    text: `${"long ".repeat(200)}\n${"y".repeat(300)}`,
  };
  const lines = show([wide]).split("\n");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(lines.join("")).toContain("…");
});

test("what a message carries can't move the cursor or colour the terminal", () => {
  const text = show([{ ...page, title: "\u001b[2Jgone\u0007", to: "\u001b]0;x\u0007#a", severity: "\u001b[31m" }]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(text).toContain("gone");
});

test("colour is on top: without it the text is the same", () => {
  const colored = show([page, resolved], true);
  expect(colored).toContain("\u001b[31mFIRING\u001b[0m");
  expect(colored).toContain("\u001b[32mresolved\u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(show([page, resolved]));
});

test("a heartbeat is one line below, and says when it has stopped", () => {
  const beat: Message = {
    ...page,
    channel: "heartbeat",
    to: "watchdog",
    at: "2026-01-31T12:04:48Z",
    beats: { count: 13, since: "2026-01-31T12:01:48Z" },
  };
  expect(show([beat]).split("\n").at(-1)).toBe(
    "  Heartbeat watchdog: last beat 12 s ago, every 15 s; 13 since 12:01:48",
  );
  const stopped = { ...beat, at: "2026-01-31T12:03:48Z", beats: { count: 9, since: "2026-01-31T12:01:48Z" } };
  expect(show([stopped])).toContain("Heartbeat watchdog: silent, the last beat was 72 s ago, every 15 s; 9 since");
});
