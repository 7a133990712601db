import { randomFrom } from "../../../lib/drills/random";
import type { AlertmanagerConfig, FiredAlert, Labels, SimulationResult } from "../../../lib/simulator";
import { parseMatchers, routesOf, simulate } from "../../../lib/simulator";
import { RealAlertmanager, type Shown, type ShownGroup } from "../../support/alertmanager";
import { manifestOf, read, someLabels, vocabulary } from "../../support/alertmanager-configs";

const from = Date.UTC(2026, 0, 5, 12);
const named = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());

/** Different sets of labels of the configuration's own words, with some that it has never heard of. */
function alertsOf(config: AlertmanagerConfig, count: number): readonly FiredAlert[] {
  const random = randomFrom(count);
  const words = { ...vocabulary(config), instance: ["1", "2", "3"], environment: ["production", "staging", ""] };
  const sets = Array.from({ length: count }, () => someLabels(random, words));
  return [...new Map(sets.map((labels) => [named(labels), { labels, startsAt: from }])).values()];
}

const silencesOf = (texts: readonly string[]) =>
  texts.map((text, index) => ({
    id: `${index}`,
    matchers: parseMatchers(text),
    startsAt: from,
    endsAt: from + 300_000,
  }));

const heldBy = ({ suppressions }: SimulationResult, by: string) =>
  [...new Set(suppressions.filter(({ held }) => held.by === by).map(({ alert }) => named(alert.labels)))].sort();

async function withReal<T>(text: string, work: (real: RealAlertmanager) => Promise<T>): Promise<T> {
  const real = await RealAlertmanager.with({ "alertmanager/alertmanager.yml": text });
  try {
    return await work(real);
  } finally {
    await real.stop();
  }
}
const shownHeld = (shown: readonly Shown[], by: "inhibitedBy" | "silencedBy") =>
  shown
    .filter(({ status }) => status[by].length > 0)
    .map(({ labels }) => named(labels))
    .sort();

/** What the real one shows once it shows that, or after five seconds: its inhibitor hears of alerts a moment later. */
async function settled(real: RealAlertmanager, inhibited: readonly string[]): Promise<readonly Shown[]> {
  let shown = await real.alerts();
  for (let tries = 0; tries < 20 && `${shownHeld(shown, "inhibitedBy")}` !== `${inhibited}`; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    shown = await real.alerts();
  }
  return shown;
}

/** Alerts come into their groups one after another; each of them is in one at least. */
async function settledGroups(real: RealAlertmanager, count: number): Promise<readonly ShownGroup[]> {
  for (let tries = 0; ; tries += 1) {
    const groups = await real.groups();
    const grouped = new Set(groups.flatMap(({ alerts }) => alerts.map(({ labels }) => named(labels))));
    if (grouped.size === count || tries === 20) return groups;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Several sources, two sides that overlap, labels that are equal by missing, and the older words. */
const inhibiting = `
route: { receiver: all, group_by: [alertname, instance] }
receivers: [ { name: all, webhook_configs: [ { url: "http://127.0.0.1:9/" } ] } ]
inhibit_rules:
  - source_matchers: [ severity="critical" ]
    target_matchers: [ severity=~"warning|info" ]
    equal: [ alertname, instance ]
  - source_match: { alertname: Down }
    target_match_re: { alertname: Down|Slow }
    equal: [ cluster ]
  - source_matchers: [ 'role=~"db|cache"' ]
    target_matchers: [ 'role!="db"', 'alertname="Slow"' ]
    equal: [ cluster, zone ]
  - source_matchers: [ alertname="Never" ]
    target_matchers: [ alertname="Slow" ]
`;

const configs = [
  { name: "a configuration written by hand", text: inhibiting, config: read(inhibiting), count: 60 },
  { name: "a fuller one", text: inhibiting, config: read(inhibiting), count: 400 },
  { name: "production's", ...manifestOf("production"), count: 400 },
];

test.each(configs)(
  "$name inhibits, routes and groups as the real Alertmanager does",
  async ({ text, config, count }) => {
    const fired = alertsOf(config, count);
    const result = simulate(config, fired, { from, to: from + 60_000 });
    const inhibited = heldBy(result, "inhibition");
    const { groups, shown } = await withReal(text, async (real) => {
      await real.fire(fired.map(({ labels }) => labels));
      return { shown: await settled(real, inhibited), groups: await settledGroups(real, fired.length) };
    });
    expect(shown.length).toBe(fired.length);

    expect(inhibited).toEqual(shownHeld(shown, "inhibitedBy"));
    expect(inhibited.length).toBeGreaterThan(0);
    expect(inhibited.length).toBeLessThan(fired.length);

    const receivers = (labels: Labels) => routesOf(config, labels).map(({ receiver }) => receiver);
    expect(new Map(fired.map(({ labels }) => [named(labels), receivers(labels)]))).toEqual(
      new Map(shown.map((alert) => [named(alert.labels), alert.receivers.map(({ name }) => name)])),
    );

    // What is inhibited is in its group all the same.
    const everything = simulate({ ...config, inhibitRules: [], timeIntervals: new Map() }, fired, {
      from,
      to: from + 60_000,
    });
    const first = everything.notifications.filter(({ reason }) => reason === "first");
    const told = first.map(({ receiver, groupLabels, firing }) => ({
      receiver,
      labels: named(groupLabels),
      alerts: firing.map(({ labels }) => named(labels)).sort(),
    }));
    const telling = new Set(told.map(({ receiver }) => receiver));
    const real = groups
      .map(({ receiver, labels, alerts }) => ({
        receiver: receiver.name,
        labels: named(labels),
        alerts: alerts.map((alert) => named(alert.labels)).sort(),
      }))
      .filter(({ receiver }) => telling.has(receiver));
    const inOrder = (list: typeof told) => list.map((one) => JSON.stringify(one)).sort();
    expect(inOrder(told)).toEqual(inOrder(real));
  },
);

test("silences hold back what they hold back in the real Alertmanager", async () => {
  const config = read(inhibiting);
  const fired = alertsOf(config, 300);
  const silences = [
    [{ name: "role", value: "db|cache", isRegex: true, isEqual: true }],
    [
      { name: "alertname", value: "Slow", isRegex: false, isEqual: true },
      { name: "cluster", value: "", isRegex: false, isEqual: true },
      { name: "severity", value: "crit.*", isRegex: true, isEqual: false },
    ],
  ];
  const shown = await withReal(inhibiting, async (real) => {
    for (const silence of silences) await real.silence(silence, 5);
    await real.fire(fired.map(({ labels }) => labels));
    return real.alerts();
  });
  const matchers = ['role=~"db|cache"', 'alertname="Slow",cluster="",severity!~"crit.*"'];
  const ours = silencesOf(matchers);
  const result = simulate({ ...config, inhibitRules: [] }, fired, { from, to: from + 60_000, silences: ours });
  expect(heldBy(result, "silence")).toEqual(shownHeld(shown, "silencedBy"));
  expect(heldBy(result, "silence").length).toBeGreaterThan(20);
});
