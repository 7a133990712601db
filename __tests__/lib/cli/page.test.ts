import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiagnosticsError } from "@watchbill/model";
import { type PageOptions, page } from "../../../lib/cli/commands/page";
import { readMoment } from "../../../lib/cli/page/moment";
import { nearest } from "../../../lib/nearest";
import { codeBlocks, readMarkdown } from "../../support/markdown";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watchbill-page-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

/** What the command prints, a line each. */
async function asked(alert: string, words: readonly string[] = [], options: Partial<PageOptions> = {}) {
  const lines: string[] = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  expect(await page(alert, words, { environment: "production", ...options })).toBe(0);
  return lines;
}
const refused = (alert: string, words: readonly string[] = [], options: Partial<PageOptions> = {}) =>
  asked(alert, words, options).then(
    (lines) => lines,
    (error: unknown) => {
      if (!(error instanceof DiagnosticsError)) throw error;
      return error.message.split("\n");
    },
  );

function fileOf(text: string): string {
  const path = join(folder, "alertmanager.yml");
  writeFileSync(path, text);
  return path;
}

const config = `
route:
  receiver: mail
  group_by: [alertname]
  routes:
    - { matchers: [ severity="critical" ], receiver: on-call, continue: true }
    - { matchers: [ team="a" ], receiver: chat, mute_time_intervals: [ nights ] }
    - { matchers: [ team="b" ], receiver: on-call, active_time_intervals: [ never ] }
    - { matchers: [ team="c" ], receiver: nobody }
time_intervals:
  - name: nights
    time_intervals: [ { times: [ { start_time: "22:00", end_time: "24:00" }, { start_time: "00:00", end_time: "07:00" } ], location: Africa/Lagos } ]
  - { name: never, time_intervals: [ { years: [ "1999" ], location: Africa/Lagos } ] }
receivers:
  - { name: mail, email_configs: [ { to: team@example.com } ] }
  - { name: on-call, pagerduty_configs: [ { routing_key_file: /etc/keys/on-call } ], webhook_configs: [ { url: "https://hooks.example.com/secret" } ] }
  - { name: chat, slack_configs: [ { channel: "#a" } ] }
  - { name: nobody }
inhibit_rules:
  - { source_matchers: [ alertname="Down" ], target_matchers: [ alertname="Slow" ], equal: [ team ] }
`;
const at = "2026-12-25T03:00";

test("docs/proof.md shows what the command says", async () => {
  const { text = "" } = codeBlocks(readMarkdown("docs/proof.md")).find(({ language }) => language === "console") ?? {};
  const shown = [...text.matchAll(/^\$ npx watchbill page (.*)\n(.*)$/gm)].map(([, words = "", line = ""]) => ({
    words: words.split(" "),
    line,
  }));
  expect(shown.length).toBe(3);
  for (const { words, line } of shown) {
    const [alert = "", ...rest] = words;
    const value = (option: string) => rest[rest.indexOf(option) + 1] ?? "";
    const labels = rest.filter((word) => word.includes("="));
    const besides = rest.includes("--while") ? { while: [value("--while")] } : {};
    expect(await asked(alert, labels, { at: value("--at"), ...besides })).toEqual([line]);
  }
});

test("a page in the night says who, by which channel, when, and who is next", async () => {
  expect(await asked("HttpErrorRatioHigh", ["service=tickets"], { at })).toEqual([
    "tickets/HttpErrorRatioHigh (critical), Fri 25 Dec 2026 03:00 Europe/London: PagerDuty on-call, Slack #alerts and email team@example.com at 03:00:30; if nobody acknowledges within 5m, whoever is next in the escalation policy of PagerDuty on-call.",
  ]);
});

test("what waits for business hours says until when, and why", async () => {
  expect(await asked("HttpErrorRatioElevated", ["service=tikit"], { at })).toEqual([
    "tikit/HttpErrorRatioElevated (medium), Fri 25 Dec 2026 03:00 Europe/London: Slack #alerts and email team@example.com, but not before Tue 29 Dec at 09:00:30 (outside business-hours, then muted by business-hours-holidays); and nobody further, since none of these escalates.",
  ]);
});

test("what something else speaks for says what, and who is told of that", async () => {
  expect(await asked("HttpErrorRatioHigh", ["service=tikit"], { at, while: ["DatabaseDown"] })).toEqual([
    "tikit/HttpErrorRatioHigh (critical), Fri 25 Dec 2026 03:00 Europe/London: nobody, since tikit/DatabaseDown (critical) inhibits it; of that PagerDuty on-call, Slack #alerts and email team@example.com are told.",
  ]);
});

test("what is kept quiet by something that is kept quiet itself leads to who is told in the end", async () => {
  const options = { at, while: ["ServiceDown", "DatabaseDown"] };
  expect(await asked("HttpErrorRatioHigh", ["service=tikit"], options)).toEqual([
    "tikit/HttpErrorRatioHigh (critical), Fri 25 Dec 2026 03:00 Europe/London: nobody, since tikit/ServiceDown (critical) inhibits it, and tikit/DatabaseDown (critical) that one; of that PagerDuty on-call, Slack #alerts and email team@example.com are told.",
  ]);
});

test("an alert that several services have is answered for each", async () => {
  const lines = await asked("HttpErrorRatioHigh", [], { at });
  expect(lines.length).toBeGreaterThan(2);
  expect(new Set(lines.map((line) => line.split("/")[0])).size).toBe(lines.length);
});

test("an alertmanager.yml of anybody's is asked with labels of any kind, in the zone of its hours", async () => {
  const options = { at, config: fileOf(config) };
  expect(await asked("Full", ["severity=critical", "team=a"], options)).toEqual([
    "Full (critical), Fri 25 Dec 2026 03:00 Africa/Lagos: PagerDuty on-call and webhook hooks.example.com at 03:00:30; Slack #a, but not before 07:00:30 (muted by nights); if nobody acknowledges within 5m, whoever is next in the escalation policy of PagerDuty on-call.",
  ]);
  expect(await asked("Full", [], options)).toEqual([
    "Full, Fri 25 Dec 2026 03:00 Africa/Lagos: email team@example.com at 03:00:30; and nobody further, since none of these escalates.",
  ]);
  expect(await asked("Full", ["team=b"], options)).toEqual([
    "Full, Fri 25 Dec 2026 03:00 Africa/Lagos: nobody within 40d: outside never.",
  ]);
  expect(await asked("Full", ["team=c"], options)).toEqual([
    'Full, Fri 25 Dec 2026 03:00 Africa/Lagos: nobody, since "nobody" has no channel.',
  ]);
  expect(await asked("Slow", ["team=b"], { ...options, while: ["Down team=b"] })).toEqual([
    "Slow, Fri 25 Dec 2026 03:00 Africa/Lagos: nobody, since Down inhibits it; of that nobody is told either.",
  ]);
});

test("what is asked wrongly is one clear line", async () => {
  expect(await refused("HttpErorRatioHigh")).toEqual([
    'error unknown-alert [production]: production has no alert "HttpErorRatioHigh" → did you mean HttpErrorRatioHigh?',
  ]);
  expect(await refused("httperrorratiohigh", ["service=tickets"])).toEqual([
    'error unknown-alert [production/tickets]: production\'s tickets has no alert "httperrorratiohigh" → did you mean HttpErrorRatioHigh?',
  ]);
  expect(await refused("CacheHitRatioLow", ["service=tickets"])).toEqual([
    expect.stringMatching(/has no alert "CacheHitRatioLow" → take a service that has it: .*tikit/),
  ]);
  expect(await refused("HttpErrorRatioHigh", ["service=ticket"])).toEqual([
    'error unknown-service [production/ticket]: production has no service "ticket" → did you mean tickets?',
  ]);
  expect(await refused("HttpErrorRatioHigh", ["tickets", "=x"])).toEqual([
    'error page-label [page]: "tickets" is no label → write a label and its value: service=tickets',
    'error page-label [page]: "=x" is no label → write a label and its value: service=tickets',
  ]);
  expect(await refused("HttpErrorRatioHigh", [], { environment: "prod" })).toEqual([
    'error unknown-environment [prod]: there is no environment "prod" → there are local, staging, production',
  ]);
  const missing = join(folder, "none.yml");
  expect(await refused("A", [], { config: missing })).toEqual([
    `error alertmanager-unreadable ${missing} [page]: there is no such file → name an alertmanager.yml that can be read`,
  ]);
  expect(await refused("A", [], { config: fileOf("route: { receiver: a }\n"), at })).toEqual([
    `error alertmanager-receiver ${join(folder, "alertmanager.yml")}:1 [route]: there is no receiver "a" → there are none`,
  ]);
});

test("what the rule sets can't be said otherwise", async () => {
  const tickets = ["service=tickets"];
  expect(await refused("HttpErrorRatioHigh", [...tickets, "severity=warning"], { at })).toEqual([
    "error page-label [production/tickets]: HttpErrorRatioHigh has severity=critical, never severity=warning → leave severity out, or say severity=critical",
  ]);
  expect(await refused("HttpErrorRatioHigh", ["environment=staging"], { at })).toEqual([
    "error page-label [production]: HttpErrorRatioHigh has environment=production, never environment=staging → leave environment out, or say environment=production",
  ]);
  expect(await asked("HttpErrorRatioHigh", [...tickets, "severity=critical", "instance=a"], { at })).toEqual(
    await asked("HttpErrorRatioHigh", tickets, { at }),
  );
  const line =
    'error page-label [page]: the alert is called HttpErrorRatioHigh, not "Other" → leave alertname out, or ask about the other alert';
  expect(await refused("HttpErrorRatioHigh", ["alertname=Other"], { at })).toEqual([line]);
  expect(await refused("HttpErrorRatioHigh", ["alertname=Other"], { at, config: fileOf(config) })).toEqual([line]);
  expect(await refused("HttpErrorRatioHigh", tickets, { at, while: ["ServiceDown severity=info"] })).toEqual([
    "error page-label [production]: ServiceDown has severity=critical, never severity=info → leave severity out, or say severity=critical",
  ]);
});

test("an alert does not fire beside itself", async () => {
  const line = (text: string) =>
    `error page-while --while ${text} [page]: it is the alert itself → name another alert, or another of it: --while "HttpErrorRatioHigh instance=…"`;
  expect(await refused("HttpErrorRatioHigh", ["service=tikit"], { at, while: ["HttpErrorRatioHigh"] })).toEqual([
    line("HttpErrorRatioHigh"),
  ]);
  const options = { at, config: fileOf(config) };
  expect(await refused("HttpErrorRatioHigh", ["team=a"], { ...options, while: ["HttpErrorRatioHigh team=a"] })).toEqual(
    [line("HttpErrorRatioHigh team=a")],
  );
  expect(await asked("HttpErrorRatioHigh", [], { ...options, while: ["HttpErrorRatioHigh team=a"] })).toHaveLength(1);
});

const moment = (text: string, zone = "Europe/London") => {
  const read = readMoment(text, zone);
  return "hint" in read ? `${read.message} → ${read.hint}` : [new Date(read.at).toISOString(), read.note];
};

test("a time is of the zone's clock, unless it has an offset of its own", () => {
  expect(moment("2026-07-01T12:00")).toEqual(["2026-07-01T11:00:00.000Z", undefined]);
  expect(moment("2026-07-01 12:00:30", "UTC")).toEqual(["2026-07-01T12:00:30.000Z", undefined]);
  expect(moment("2026-07-01T12:00Z")).toEqual(["2026-07-01T12:00:00.000Z", undefined]);
  expect(moment("2026-07-01T12:00-05:00")).toEqual(["2026-07-01T17:00:00.000Z", undefined]);
});

test("a time that the clocks leave out is refused, and one that comes twice says which it is", () => {
  expect(moment("2026-03-29T01:30")).toBe(
    "2026-03-29 has no 01:30 in Europe/London, where the clocks go forward that day → take 02:00, which comes right after the gap, or give an offset: 2026-03-29T01:30Z",
  );
  expect(moment("2026-10-04T02:15", "Australia/Lord_Howe")).toMatch(/ has no 02:15 .* → take 02:30, /);
  expect(moment("2026-10-25T01:30")).toEqual([
    "2026-10-25T00:30:00.000Z",
    "01:30 comes twice that day: this is the first, at UTC+01:00",
  ]);
});

test.each([
  "tomorrow",
  "2026-02-30T10:00",
  "2026-01-01",
  "2026-01-01T25:00",
  "2026-01-01T24:00",
  "2026-01-01T24:00Z",
  "2026-01-01T10:00+25:00",
  "2026-01-01T10:60",
  "2026-01-01T10:00T",
  "",
])("%j is no moment", (text) => {
  expect(moment(text)).toBe(`"${text}" is no moment → write it like 2026-12-25T03:00`);
});

test("a name that is like none of the others has no nearest", () => {
  expect(nearest("Banana", ["HttpErrorRatioHigh", "ServiceDown"])).toBeUndefined();
  expect(nearest("servicedwn", ["HttpErrorRatioHigh", "ServiceDown"])).toBe("ServiceDown");
  expect(nearest("x", [])).toBeUndefined();
});
