import { setTimeout as sleep } from "node:timers/promises";
import { type FiredAlert, type Labels, parseMatchers, simulate } from "../../lib/simulator";
import { listener, RealAlertmanager } from "./alertmanager";
import { read } from "./alertmanager-configs";

/** One message, in words that can be compared. */
export interface Message {
  /** Receiver and place among its webhooks: `/both/0`. */
  readonly to: string;
  readonly groupKey: string;
  readonly says: string;
  /** Seconds. */
  readonly at: number;
}

/** What fires from when to when, in seconds. */
export type Played = readonly [from: number, to: number | undefined, labels: Labels];
/** What is silenced from when on: a label and its value. */
export type Silenced = readonly [from: number, name: string, value: string];

type Resend = NonNullable<Play["resend"]>;

export interface Play {
  /** alertmanager.yml, whose webhooks are below the address: `<url>both/0`. */
  readonly config: (url: string) => string;
  readonly alerts: readonly Played[];
  readonly silences?: readonly Silenced[];
  /** How often and how long it is said again that an alert has resolved, in seconds. Default: never. */
  readonly resend?: { readonly every: number; readonly for: number };
  readonly seconds: number;
}

const named = ({ alertname = "", instance = "" }: Labels) => `${alertname}${instance}`;
const says = (firing: string[], resolved: string[]) =>
  [...firing.sort().map((one) => `+${one}`), ...resolved.sort().map((one) => `-${one}`)].join(" ");

/** What the simulator says. */
export function simulated({ config, alerts, silences = [], resend, seconds }: Play, url: string): readonly Message[] {
  const from = Date.UTC(2026, 0, 5);
  const at = (second: number) => from + second * 1000;
  const fired = alerts.map(
    ([start, stop, labels]): FiredAlert => ({
      labels,
      startsAt: at(start),
      ...(stop !== undefined && { endsAt: at(stop) }),
    }),
  );
  const { notifications } = simulate(read(config(url)), fired, {
    from,
    to: at(seconds),
    silences: silences.map(([start, name, value]) => ({
      id: name,
      matchers: parseMatchers(`${name}="${value}"`),
      startsAt: at(start),
      endsAt: at(3600),
    })),
    resendEvery: (resend?.every ?? 0) * 1000,
    resendFor: (resend?.for ?? 0) * 1000,
  });
  return notifications.flatMap((one) =>
    one.integrations.map(({ index }) => ({
      to: `/${one.receiver}/${index}`,
      groupKey: one.groupKey,
      says: says(
        one.firing.map(({ labels }) => named(labels)),
        one.resolved.map(({ labels }) => named(labels)),
      ),
      at: (one.at - from) / 1000,
    })),
  );
}

/** When it is said that an alert has resolved: once, and again as long as it does not fire anew. */
function ends(alerts: readonly Played[], labels: Labels, stop: number | undefined, { every, for: long }: Resend) {
  if (stop === undefined) return [];
  const same = alerts.filter(([start, , others]) => start > stop && JSON.stringify(others) === JSON.stringify(labels));
  const next = Math.min(...same.map(([start]) => start));
  return Array.from({ length: Math.floor(long / every) + 1 }, (_, index) => stop + index * every).filter(
    (at) => at < next,
  );
}

/** What the real Alertmanager does, in real time, and what the simulator says of it. */
export async function played(play: Play): Promise<{ real: readonly Message[]; simulated: readonly Message[] }> {
  const { config, alerts, silences = [], resend = { every: 1, for: 0 }, seconds } = play;
  const inbox = await listener();
  const real = await RealAlertmanager.with({ "alertmanager/alertmanager.yml": config(inbox.url) });
  const from = Date.now() + 200;
  const iso = (second: number) => new Date(from + second * 1000).toISOString();
  const sent = alerts.flatMap(([start, stop, labels]) => {
    const alert = (endsAt: number) => ({ labels, startsAt: iso(start), endsAt: iso(endsAt) });
    return [
      { at: start, alert: alert(3600) },
      ...ends(alerts, labels, stop, resend).map((at) => ({ at, alert: alert(stop ?? at) })),
    ];
  });
  const times = [...new Set([...sent, ...silences.map(([at]) => ({ at }))].map(({ at }) => at))].sort((a, b) => a - b);
  try {
    for (const time of times.filter((one) => one <= seconds)) {
      await sleep(Math.max(0, from + time * 1000 - Date.now()));
      for (const [, name, value] of silences.filter(([at]) => at === time))
        await real.silence([{ name, value, isRegex: false, isEqual: true }], 60);
      await real.send(sent.filter(({ at }) => at === time).map(({ alert }) => alert));
    }
    await sleep(Math.max(0, from + seconds * 1000 - Date.now()));
  } finally {
    await real.stop();
    inbox.close();
  }
  const told = inbox.told.map(({ path, groupKey, alerts: about, at }): Message => {
    const of = (status: string) => about.filter((one) => one.status === status).map(({ labels }) => named(labels));
    return { to: path, groupKey, says: says(of("firing"), of("resolved")), at: (at - from) / 1000 };
  });
  return { real: told, simulated: simulated(play, inbox.url) };
}

/** What each webhook is told of each group, in order. */
export function byGroup(messages: readonly Message[]): Readonly<Record<string, readonly string[]>> {
  const groups: Record<string, string[]> = {};
  for (const { to, groupKey, says: words } of messages) {
    const key = `${to} ${groupKey}`;
    groups[key] = [...(groups[key] ?? []), words];
  }
  return groups;
}

/** The seconds between a message's time and the same message's in another list; they have to be the same messages. */
export function differences(messages: readonly Message[], others: readonly Message[]): readonly number[] {
  const timesOf = (list: readonly Message[], key: string) =>
    list.filter(({ to, groupKey }) => `${to} ${groupKey}` === key).map(({ at }) => at);
  return Object.keys(byGroup(messages)).flatMap((key) => {
    const theirs = timesOf(others, key);
    return timesOf(messages, key).map((at, index) => Math.abs(at - (theirs[index] ?? Number.POSITIVE_INFINITY)));
  });
}
