import {
  type AlertmanagerConfig,
  type FiredAlert,
  type Held,
  type Labels,
  type Notification,
  routesOf,
  simulate,
} from "../../simulator";

const hour = 3_600_000;
const day = 24 * hour;

/** How far ahead somebody is looked for who is told: further than any holidays. */
export const horizon = 40 * day;

/** What one receiver that the routes lead to is told. */
export interface Told {
  readonly receiver: string;
  /** Its first message about the alert; missing: none as far as anybody looks ahead. */
  readonly first?: Notification;
  /** Why not at once, or not at all, in order. None without a message: the receiver has no channel. */
  readonly held: readonly Held[];
}

/**
 * Who is told, and when, of an alert that begins to fire at a moment and goes on. What else is said to fire has done so
 * for an hour. Times are in milliseconds since 1970.
 */
export function whoIsTold(
  config: AlertmanagerConfig,
  labels: Labels,
  at: number,
  meanwhile: readonly Labels[] = [],
): readonly Told[] {
  const from = at - hour;
  const asked: FiredAlert = { labels, startsAt: at };
  const alerts = [asked, ...meanwhile.map((others): FiredAlert => ({ labels: others, startsAt: from }))];
  const receivers = [...new Set(routesOf(config, labels).map(({ receiver }) => receiver))];
  // Most are told within minutes, and a month is long for what is told each minute.
  for (const ahead of [hour, day, 8 * day, horizon]) {
    const { notifications, suppressions } = simulate(config, alerts, { from, to: at + ahead });
    const told = receivers.map((receiver): Told => {
      const first = notifications.find((one) => one.receiver === receiver && one.firing.includes(asked));
      const own = suppressions.filter((one) => one.alert === asked && one.receiver === receiver);
      const held = new Map(own.map((one) => [JSON.stringify(one.held), one.held]));
      return { receiver, ...(first && { first }), held: [...held.values()] };
    });
    const isOpen = ({ receiver, first, held }: Told) =>
      !first && hasChannel(config, receiver) && !held.some(({ by }) => by === "inhibition");
    if (ahead === horizon || !told.some(isOpen)) return told;
  }
  throw new Error("unreachable: the last look ahead gives an answer");
}

/** What keeps an alert quiet, what keeps that quiet in turn, and who is told of the last of them. */
export interface Instead {
  readonly sources: readonly Labels[];
  readonly told: readonly Told[];
}

const isSame = (one: Labels, other: Labels) => JSON.stringify(one) === JSON.stringify(other);

/** Follows from what is told of an alert to those that inhibit it. */
export function toldInstead(
  config: AlertmanagerConfig,
  told: readonly Told[],
  at: number,
  meanwhile: readonly Labels[],
  before: readonly Labels[] = [],
): Instead {
  const source = told.flatMap(({ held }) => held.flatMap((one) => (one.by === "inhibition" ? [one.source] : [])))[0];
  if (!source || before.some((one) => isSame(one, source))) return { sources: before, told };
  const others = meanwhile.filter((one) => !isSame(one, source));
  return toldInstead(config, whoIsTold(config, source, at, others), at, others, [...before, source]);
}

const hasChannel = ({ receivers }: AlertmanagerConfig, name: string) =>
  (receivers.get(name)?.integrations.length ?? 0) > 0;
