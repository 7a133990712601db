import { type FiredAlert, type Labels, parseMatchers, type SimulationOptions, simulate } from "../../../lib/simulator";
import { read } from "../../support/alertmanager-configs";

const minute = 60_000;
const hour = 60 * minute;
/** A Monday, 08:00 UTC. */
const from = Date.UTC(2026, 0, 5, 8);

const config = read(`
route:
  receiver: chat
  group_by: [alertname]
  routes:
    - matchers: [ priority="p0" ]
      receiver: pager
      group_wait: 0s
      repeat_interval: 1h
    - matchers: [ priority="p2" ]
      receiver: pager
      active_time_intervals: [ office ]
      repeat_interval: 7h
    - matchers: [ priority="p3" ]
      receiver: chat
      mute_time_intervals: [ lunch, office ]
    - matchers: [ priority="p4" ]
      receiver: nobody
time_intervals:
  - { name: office, time_intervals: [ { times: [ { start_time: "09:00", end_time: "18:00" } ] } ] }
  - { name: lunch, time_intervals: [ { times: [ { start_time: "12:00", end_time: "13:00" } ] } ] }
receivers:
  - name: chat
    slack_configs: [ { channel: "#a" }, { channel: "#b", send_resolved: true } ]
  - name: pager
    pagerduty_configs: [ { routing_key_file: keys/tickets } ]
  - name: nobody
inhibit_rules:
  - source_matchers: [ alertname="Down" ]
    target_matchers: [ alertname=~"Slow|Down" ]
    equal: [ cluster ]
`);

/** Fires after and until so many minutes. */
const fires = (alertname: string, start: number, end?: number, more: Labels = {}): FiredAlert => ({
  labels: { alertname, ...more },
  startsAt: from + start * minute,
  ...(end !== undefined && { endsAt: from + end * minute }),
});

/** Each message as `minutes receiver/channels reason +firing -resolved`. */
function messages(alerts: readonly FiredAlert[], hours = 24, options: Partial<SimulationOptions> = {}) {
  const { notifications } = simulate(config, alerts, { from, to: from + hours * hour, ...options });
  return notifications.map(({ at, receiver, integrations, reason, firing, resolved }) => {
    const names = (sign: string, all: readonly FiredAlert[]) => all.map(({ labels }) => ` ${sign}${labels.alertname}`);
    const channels = integrations.map(({ kind, target }) => `${kind} ${target}`).join(", ");
    return `${(at - from) / minute} ${receiver}: ${channels}: ${reason}:${[...names("+", firing), ...names("-", resolved)].join("")}`;
  });
}
const held = (alerts: readonly FiredAlert[], options: Partial<SimulationOptions> = {}) =>
  simulate(config, alerts, { from, to: from + 24 * hour, ...options }).suppressions.map(
    ({ alert, held: why, ...rest }) => ({
      name: alert.labels.alertname,
      why,
      from: (rest.from - from) / minute,
      ...(rest.to !== undefined && { to: (rest.to - from) / minute }),
    }),
  );

test("a group waits, tells both channels, and only the one that wants to know hears that it is over", () => {
  expect(messages([fires("Full", 10, 20)])).toEqual([
    "10.5 chat: slack #a, slack #b: first: +Full",
    "20.5 chat: slack #b: all resolved: -Full",
  ]);
});

test("what joins a group is told at its next interval, and what leaves it only to whom wants to know", () => {
  const alerts = [
    fires("Full", 0, 60, { i: "1" }),
    fires("Full", 0.2, 7, { i: "2" }),
    fires("Full", 3, 60, { i: "3" }),
  ];
  expect(messages(alerts)).toEqual([
    "0.5 chat: slack #a, slack #b: first: +Full +Full",
    "5.5 chat: slack #a, slack #b: new alerts: +Full +Full +Full",
    "10.5 chat: slack #b: some resolved: +Full +Full -Full",
    "60.5 chat: slack #b: all resolved: -Full -Full",
  ]);
});

test("an hour's repeat on intervals of five minutes comes after 65: an hour is not yet over at the twelfth", () => {
  const repeats = messages([fires("Broken", 0, undefined, { priority: "p0" })], 3);
  expect(repeats.map((line) => line.replace(/ .*: (\w+):.*/, " $1"))).toEqual([
    "0 first",
    "65 repeated",
    "130 repeated",
  ]);
});

test("what fires already when Alertmanager starts is told at once, what has ended by then never", () => {
  expect(
    messages([fires("Old", -90), fires("Young", -0.2), fires("Over", -60, -1), fires("Nothing", 5, 5)], 1),
  ).toEqual(["0 chat: slack #a, slack #b: first: +Old", "0.5 chat: slack #a, slack #b: first: +Young"]);
});

test("what is gone before its group has waited is never told", () => {
  expect(messages([fires("Blip", 10, 10.4)])).toEqual([]);
});

test("an alert that comes back within an interval has never been away", () => {
  expect(messages([fires("Flaps", 0, 2), fires("Flaps", 3, 8)], 1)).toEqual([
    "0.5 chat: slack #a, slack #b: first: +Flaps",
    "10.5 chat: slack #b: all resolved: -Flaps",
  ]);
});

test("a route outside of its hours tells at the first interval within them", () => {
  const alert = fires("Late", 10, undefined, { priority: "p2" });
  expect(messages([alert], 3)).toEqual(["60.5 pager: pagerduty tickets: first: +Late"]);
  expect(held([alert]).slice(0, 1)).toEqual([
    { name: "Late", why: { by: "active time interval", names: ["office"] }, from: 10.5, to: 60.5 },
  ]);
});

test("a mute route names every interval that mutes it", () => {
  expect(held([fires("Noon", 250, 330, { priority: "p3" })])).toEqual([
    { name: "Noon", why: { by: "mute time interval", names: ["lunch", "office"] }, from: 250.5, to: 300.5 },
    { name: "Noon", why: { by: "mute time interval", names: ["office"] }, from: 300.5, to: 330.5 },
  ]);
});

test("a page that ends outside of the hours is never told to be over", () => {
  const evening = fires("Evening", 9 * 60, 11 * 60, { priority: "p2" });
  expect(messages([evening], 30)).toEqual(["540.5 pager: pagerduty tickets: first: +Evening"]);
});

test("Prometheus says it again within the hours, of what Alertmanager has forgotten after twice the repeat interval", () => {
  const until = (hours: number) => fires("Night", 590, hours * 60 + 50, { priority: "p2" });
  expect(messages([until(24)], 30)).toEqual(["590.5 pager: pagerduty tickets: first: +Night"]);
  const early = [fires("Early", 61, 70, { priority: "p3" }), fires("Early", 55, 59.8, { priority: "p3" })];
  expect(messages(early, 2)).toEqual(["55.5 chat: slack #a, slack #b: first: +Early"]);
});

test("what ends before the hours begin and comes back within them is told as new", () => {
  const brief = [fires("Brief", 55, 58, { priority: "p2" }), fires("Brief", 61, 70, { priority: "p2" })];
  expect(messages(brief, 2)).toEqual([
    "61.5 pager: pagerduty tickets: first: +Brief",
    "71.5 pager: pagerduty tickets: all resolved: -Brief",
  ]);
});

test("that an alert resolved while it was silenced is told when Prometheus says it again", () => {
  const silence = {
    id: "s",
    matchers: parseMatchers('alertname="Full"'),
    startsAt: from + 5 * minute,
    endsAt: from + 32 * minute,
  };
  const alert = fires("Full", 0, 29);
  expect(messages([alert], 2, { silences: [silence] })).toEqual([
    "0.5 chat: slack #a, slack #b: first: +Full",
    "32 chat: slack #b: all resolved: -Full",
  ]);
  expect(messages([alert], 2, { silences: [silence], resendEvery: 0 })).toHaveLength(1);
  expect(held([alert], { silences: [silence] })[0]).toEqual({
    name: "Full",
    why: { by: "silence", silence: "s" },
    from: 5.5,
    to: 30.5,
  });
});

test("what resolved within the last quarter of an hour is in its group's next messages again", () => {
  const alerts = [fires("Full", 0, 50, { i: "1" }), fires("Full", 0, 3, { i: "2" }), fires("Full", 11, 50, { i: "3" })];
  const until = (options: Partial<SimulationOptions>) => messages(alerts, 0.4, options);
  expect(until({})).toEqual([
    "0.5 chat: slack #a, slack #b: first: +Full +Full",
    "5.5 chat: slack #b: some resolved: +Full -Full",
    "15.5 chat: slack #a: new alerts: +Full +Full",
    "15.5 chat: slack #b: new alerts: +Full +Full -Full",
  ]);
  expect(until({ resendEvery: 0 }).at(-1)).toBe("15.5 chat: slack #a, slack #b: new alerts: +Full +Full");
});

test("a source inhibits while it fires, though itself silenced; what has no such label counts as equal", () => {
  const down = fires("Down", 3, 20);
  const alerts = [down, fires("Slow", 5), fires("Slow", 5, undefined, { cluster: "b" })];
  const silence = { id: "s", matchers: parseMatchers("alertname=Down"), startsAt: from, endsAt: from + hour };
  expect(messages(alerts, 1, { silences: [silence] })).toEqual([
    "5.5 chat: slack #a, slack #b: first: +Slow",
    "20.5 chat: slack #a, slack #b: new alerts: +Slow +Slow",
  ]);
  expect(held(alerts, { silences: [silence] }).filter(({ name }) => name === "Slow")).toEqual([
    { name: "Slow", why: { by: "inhibition", source: down.labels }, from: 5.5, to: 20.5 },
  ]);
});

test("a source that is a target too does not inhibit itself or its like", () => {
  expect(messages([fires("Down", 0), fires("Down", 0, undefined, { i: "2" })], 1)).toEqual([
    "0.5 chat: slack #a, slack #b: first: +Down +Down",
  ]);
});

test("a receiver without a channel tells nobody", () => {
  expect(messages([fires("Info", 0, undefined, { priority: "p4" })])).toEqual([]);
});

test("a group's key is written as Alertmanager writes it", () => {
  const { notifications } = simulate(config, [fires('Say "hi"', 0, undefined, { priority: "p0" })], { from, to: from });
  expect(notifications[0]?.groupKey).toBe('{}/{priority="p0"}:{alertname="Say \\"hi\\""}');
  expect(notifications[0]?.groupLabels).toEqual({ alertname: 'Say "hi"' });
});

test("the order in which alerts are given does not matter, and a run is like the next", () => {
  const alerts = Array.from({ length: 300 }, (_, index) =>
    fires(`A${index % 20}`, (index * 37) % 600, ((index * 37) % 600) + 5 + (index % 90), {
      i: `${index}`,
      priority: `p${index % 5}`,
    }),
  );
  const inOrder = (lines: readonly string[]) => [...lines].map((line) => line.replace(/:[^:]*$/, "")).sort();
  expect(messages(alerts)).toEqual(messages(alerts));
  expect(inOrder(messages([...alerts].reverse()))).toEqual(inOrder(messages(alerts)));
});
