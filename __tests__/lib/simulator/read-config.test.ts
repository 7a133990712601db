import { formatDiagnostic } from "@watchbill/model";
import { readAlertmanagerConfig } from "../../../lib/simulator";

const said = (text: string) => readAlertmanagerConfig(text, "am.yml").diagnostics.map(formatDiagnostic);

const matcherHint = 'write it like severity="critical" or service=~"shop|tickets", with a regular expression of Go\'s';

const wrong = `global:
  resolve_timeout: 5m
route:
  receiver: everybody
  group_by: [alertname, alertname]
  group_wait: 30 seconds
  group_interval: 0s
  mute_time_intervals: [nights]
  routes:
    - matchers:
        - severity=="critical"
        - service=~"shop("
      reciever: team
      active_time_intervals:
        - office
        - weekends
    - match:
        team: a
      receiver: nobody
      continue: maybe
      group_by: ["...", team]
time_intervals:
  - name: nights
    time_intervals:
      - times:
          - start_time: "22:00"
            end_time: "06:00"
        location: Europe/Londn
      - weekdays: [monday:funday, "friday:monday"]
        days_of_month: ["0", "31:1", "-1:5"]
        months: [foo]
  - name: nights
receivers:
  - name: team
    slack_configs: [{ send_resolved: perhaps }]
  - name: team
  - slack_configs: []
inhibit_rules:
  - source_matchers: severity="critical"
    target_matchers: [ "a=b=\\"c" ]
    equals: [service]
`;

test("all that is wrong with a configuration is told at once, each with its line and the way out", () => {
  const names = "there are name, source_match, source_match_re, source_matchers, target_match, target_match_re";
  expect(said(wrong)).toEqual([
    'error alertmanager-receiver am.yml:4 [route]: there is no receiver "everybody" → there are team',
    "error alertmanager-field am.yml:5 [route]: group_by names a label twice → name each label once",
    'error alertmanager-duration am.yml:6 [route]: "30 seconds" is no duration → write a number with its unit, the longer unit first: 30s, 5m, 1h30m, 1d',
    "error alertmanager-duration am.yml:7 [route]: an interval can't be 0 → write how long to wait: 5m",
    "error alertmanager-field am.yml:8 [route]: the root route can't have mute_time_intervals → move it to a route below",
    `error alertmanager-matcher am.yml:11 [route/1]: unescaped double quote in ="critical" → ${matcherHint}`,
    `error alertmanager-matcher am.yml:12 [route/1]: missing closing ): \`^(?:shop()$\` → ${matcherHint}`,
    'error alertmanager-field am.yml:13 [route/1]: there is no field "reciever" here → there are receiver, group_by, match, match_re, matchers, mute_time_intervals, active_time_intervals, continue, routes, group_wait, group_interval, repeat_interval, labels',
    'error alertmanager-interval am.yml:15 [route/1]: there is no time interval "office" → there are nights',
    'error alertmanager-interval am.yml:16 [route/1]: there is no time interval "weekends" → there are nights',
    'error alertmanager-receiver am.yml:19 [route/2]: there is no receiver "nobody" → there are team',
    'error alertmanager-field am.yml:20 [route/2]: "maybe" is neither true nor false → write true or false',
    'error alertmanager-field am.yml:21 [route/2]: group_by has "..." beside labels → write either labels, or "..." alone',
    "error alertmanager-interval am.yml:26 [time_intervals/nights]: 22:00 to 06:00 is no stretch of a day; one over midnight is two of them → correct it; a list that is left out holds at any time",
    'error alertmanager-zone am.yml:28 [time_intervals/nights]: there is no time zone "Europe/Londn" → take a name of the IANA database, in its own capitals: Europe/London',
    'error alertmanager-interval am.yml:29 [time_intervals/nights]: "monday:funday" is no weekday → correct it; a list that is left out holds at any time',
    'error alertmanager-interval am.yml:29 [time_intervals/nights]: the weekday "friday:monday" ends before it begins → correct it; a list that is left out holds at any time',
    'error alertmanager-interval am.yml:30 [time_intervals/nights]: "0" is no day of the month → correct it; a list that is left out holds at any time',
    'error alertmanager-interval am.yml:30 [time_intervals/nights]: the day of the month "31:1" ends before it begins → correct it; a list that is left out holds at any time',
    'error alertmanager-interval am.yml:30 [time_intervals/nights]: the day of the month "-1:5" ends before it begins → correct it; a list that is left out holds at any time',
    'error alertmanager-interval am.yml:31 [time_intervals/nights]: "foo" is no month → correct it; a list that is left out holds at any time',
    'error alertmanager-field am.yml:32 [time_intervals/2]: two time intervals have the name "nights" → rename one',
    'error alertmanager-field am.yml:35 [receivers/team]: "perhaps" is neither true nor false → write true or false',
    'error alertmanager-field am.yml:36 [receivers/2]: two receivers have the name "team" → rename one, or make one of both',
    "error alertmanager-field am.yml:37 [receivers/3]: the receiver has no name → give it one: `name: …`",
    "error alertmanager-field am.yml:39 [inhibit_rules/1]: here has to be a list → write each element on a line with a dash",
    `error alertmanager-matcher am.yml:40 [inhibit_rules/1]: unescaped double quote in b="c → ${matcherHint}`,
    `error alertmanager-field am.yml:41 [inhibit_rules/1]: there is no field "equals" here → ${names}, target_matchers, equal`,
  ]);
});

test.each([
  [
    "route: [\n",
    "error alertmanager-yaml am.yml:2 [alertmanager]: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  [
    "route:\n  receiver: a\n  receiver: b\n",
    "error alertmanager-yaml am.yml:3 [alertmanager]: Map keys must be unique",
  ],
  ["route:\n\treceiver: a\n", "error alertmanager-yaml am.yml:2 [alertmanager]: Tabs are not allowed as indentation"],
])("a file that is no YAML is one line: %j", (text, line) => {
  expect(said(text)).toEqual([`${line} → correct the YAML; everything else is checked once it can be read`]);
});

test.each([
  ["", "am.yml [alertmanager]: there is no route"],
  ["- a\n", "am.yml:1 [alertmanager]: here has to be a mapping"],
  ["receivers: [{ name: a }]\n", "am.yml:1 [alertmanager]: there is no route"],
  ["route: {}\n", "am.yml:1 [route]: the root route has no receiver"],
  ["route: hello\n", "am.yml:1 [route]: here has to be a mapping"],
])("a file without a route says so: %j", (text, line) => {
  expect(said(text)[0]).toContain(`error alertmanager-field ${line}`);
});

test("what is merged, aliased, null, or in the words of YAML 1.1 is read as Alertmanager reads it", () => {
  const { config, diagnostics } = readAlertmanagerConfig(`
route:
  receiver: &who team
  routes:
    - &first
      matchers: [ team="a" ]
      continue: on
      group_wait: 0
      repeat_interval: 1d12h
    - <<: *first
      matchers: [ team="b" ]
      continue: No
      receiver: *who
      routes: ~
mute_time_intervals:
  - name: old
    time_intervals: [ { years: [ "2026:2030" ], months: [ "May:august", "12" ], days_of_month: [ "-3:-1" ] } ]
receivers: [ { name: team, email_configs: [ { to: a@example.com } ], pagerduty_configs: [ { } ] } ]
`);
  expect(diagnostics).toEqual([]);
  const [first, second] = config?.route.routes ?? [];
  expect(first).toMatchObject({ continue: true, groupWait: 0, repeatInterval: 129_600_000, receiver: "team" });
  expect(second).toMatchObject({ continue: false, groupWait: 0, repeatInterval: 129_600_000, routes: [] });
  expect(second?.key).toBe('{}/{team="b"}');
  expect(config?.timeIntervals.get("old")?.[0]).toMatchObject({
    years: [[2026, 2030]],
    months: [
      [5, 8],
      [12, 12],
    ],
    daysOfMonth: [[-3, -1]],
  });
  expect(config?.receivers.get("team")?.integrations).toEqual([
    { kind: "email", index: 0, sendResolved: false, target: "a@example.com" },
    { kind: "pagerduty", index: 0, sendResolved: true },
  ]);
});

test("an alias that leads to itself is refused, not followed", () => {
  expect(said("route: &a\n  receiver: x\n  routes: [ *a ]\n")).toEqual([
    "error alertmanager-yaml am.yml [alertmanager]: an alias leads to itself → correct the YAML; everything else is checked once it can be read",
  ]);
});

test("a zone is written as the IANA database writes it", () => {
  const zone = (name: string) =>
    said(
      `{ route: { receiver: a }, receivers: [ { name: a } ], time_intervals: [ { name: t, time_intervals: [ { location: "${name}" } ] } ] }`,
    ).length;
  expect(["Europe/London", "UTC", "US/Eastern", "Asia/Kathmandu", "Etc/GMT+3"].map(zone)).toEqual([0, 0, 0, 0, 0]);
  // Go's way to say nothing.
  expect(zone("")).toBe(0);
  expect(["europe/london", "Local", "+01:00", "London", "Mars/Base"].map(zone)).toEqual([1, 1, 1, 1, 1]);
});

const small = "route: { receiver: a }\nreceivers: [ { name: a } ]\n";

test("a zone that is another one on each machine is refused for what it is", () => {
  expect(said(`${small}time_intervals: [ { name: t, time_intervals: [ { location: Local } ] } ]\n`)).toEqual([
    'error alertmanager-zone am.yml:3 [time_intervals/t]: "Local" is the zone of whatever machine Alertmanager runs on → take a name of the IANA database, in its own capitals: Europe/London',
  ]);
});

test.each(["---\nroute: [\n", "...\nmore: 1\n", "---\n"])("a second document is said not to be read: %j", (more) => {
  expect(said(`${small}${more}`)).toEqual([
    expect.stringMatching(
      /^error alertmanager-yaml am\.yml:[34] \[alertmanager\]: a second YAML document begins here, which Alertmanager does not read → remove it, or write its fields into the first$/,
    ),
  ]);
  expect(said(`---\n${small}`)).toEqual([]);
});

test("what is no label's name can't be grouped by, nor be equal", () => {
  const text = (names: string) =>
    `route: { receiver: a, group_by: [${names}] }\nreceivers: [ { name: a } ]\ninhibit_rules: [ { equal: [${names}] } ]\n`;
  expect(said(text("alertname, service.name, région"))).toEqual([]);
  const hint = "write each name by itself: [alertname, service]";
  expect(said(text('"alertname, service", ""'))).toEqual([
    `error alertmanager-field am.yml:1 [route]: "alertname, service" is no label name → ${hint}`,
    `error alertmanager-field am.yml:1 [route]: "" is no label name → ${hint}`,
    `error alertmanager-field am.yml:3 [inhibit_rules/1]: "alertname, service" is no label name → ${hint}`,
    `error alertmanager-field am.yml:3 [inhibit_rules/1]: "" is no label name → ${hint}`,
  ]);
});
