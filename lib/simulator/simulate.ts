import type { AlertmanagerConfig, Integration, Route } from "./config";
import { existingOr } from "./existing-or";
import type { FiredAlert } from "./fired-alert";
import { flushFrom, type Group } from "./group";
import { Inhibitor } from "./inhibitor";
import { fingerprint } from "./labels";
import type { Notification, Reason, SimulationResult } from "./notification";
import { NotificationLog, type Told } from "./notification-log";
import { Pipeline } from "./pipeline";
import { PriorityQueue } from "./priority-queue";
import { groupKey, groupLabels, routesOf } from "./route";
import type { Silence } from "./silence";
import type { Instance, Seat, Subject } from "./subject";
import { Timetable } from "./timetable";

/** Times are in milliseconds since 1970. */
export interface SimulationOptions {
  /** When Alertmanager is started; what fires by then is told to it at once. */
  readonly from: number;
  /** Inclusive. */
  readonly to: number;
  readonly silences?: readonly Silence[];
  /**
   * How often and how long Prometheus goes on to say that an alert has resolved. Default: each minute
   * (`--rules.alert.resend-delay`) for a quarter of an hour, as Prometheus does; 0 for never.
   */
  readonly resendEvery?: number;
  readonly resendFor?: number;
}

interface Event {
  readonly at: number;
  /** Of what happens at the same time: silences, ends, beginnings, and then what Alertmanager makes of it. */
  readonly order: number;
  readonly happen: () => void;
}

/**
 * Who is told what and when: what Alertmanager 0.25 to 0.34 would do with these alerts, if every alert reached it the
 * moment it fires or resolves and every notification were delivered at once.
 */
export function simulate(
  config: AlertmanagerConfig,
  alerts: readonly FiredAlert[],
  options: SimulationOptions,
): SimulationResult {
  return new Simulation(config, options).run(alerts);
}

class Simulation {
  readonly #notifications: Notification[] = [];
  readonly #events = new PriorityQueue<Event>((a, b) => a.at - b.at || a.order - b.order);
  readonly #subjects = new Map<string, Subject>();
  readonly #groups = new Map<Route, Map<string, Group>>();
  readonly #timetables = new Map<Route, Timetable>();
  /** The groups that something may be inhibited in, by where it stands in a rule. */
  readonly #targets = new Map<string, Set<Group>>();
  readonly #inhibitor: Inhibitor;
  readonly #pipeline: Pipeline;
  readonly #log: NotificationLog;

  constructor(
    private readonly config: AlertmanagerConfig,
    private readonly options: SimulationOptions,
  ) {
    this.#inhibitor = new Inhibitor(config.inhibitRules);
    this.#pipeline = new Pipeline(this.#inhibitor, options.silences ?? []);
    this.#log = new NotificationLog(options.from);
  }

  run(alerts: readonly FiredAlert[]): SimulationResult {
    const { from, to, silences = [] } = this.options;
    for (const { startsAt, endsAt } of silences) {
      for (const at of [startsAt, endsAt]) this.#plan(at, 0, () => this.#wakeAll(at));
    }
    for (const alert of alerts) {
      if (alert.endsAt !== undefined && (alert.endsAt <= from || alert.endsAt <= alert.startsAt)) continue;
      const at = Math.max(from, alert.startsAt);
      this.#plan(at, 2, () => this.#fire(alert, at));
    }
    for (let event = this.#events.pop(); event && event.at <= to; event = this.#events.pop()) event.happen();
    this.#pipeline.end([...this.#groups.values()].flatMap((groups) => [...groups.values()]));
    return { notifications: this.#notifications, suppressions: this.#pipeline.suppressions };
  }

  #plan(at: number, order: number, happen: () => void): void {
    if (at <= this.options.to) this.#events.push({ at, order, happen });
  }

  #subject(alert: FiredAlert): Subject {
    const key = fingerprint(alert.labels);
    const { labels } = alert;
    return existingOr(this.#subjects, key, () => ({
      fingerprint: key,
      labels,
      seats: routesOf(this.config, labels).map((route) => {
        const common = groupLabels(route, labels);
        const key = groupKey(route, common);
        return { route, key, labels: common, told: this.#told(key, route) };
      }),
      ...this.#inhibitor.parts(labels),
    }));
  }

  #fire(alert: FiredAlert, now: number): void {
    const subject = this.#subject(alert);
    const instance: Instance = { subject, alert, isResolved: false };
    subject.current = instance;
    this.#wakeTargets(this.#inhibitor.add(subject), now);
    this.#insert(instance, now);
    const { endsAt } = alert;
    if (endsAt !== undefined) this.#plan(endsAt, 1, () => this.#resolve(instance, endsAt));
  }

  #resolve(instance: Instance, now: number): void {
    const { subject } = instance;
    // The same alert may have begun anew meanwhile.
    if (subject.current !== instance) return;
    instance.isResolved = true;
    this.#wakeTargets(this.#inhibitor.remove(subject), now);
    this.#insert(instance, now);
    this.#resend(instance, now, now);
  }

  /** Puts an alert, firing or resolved, into its groups. */
  #insert(instance: Instance, now: number): void {
    for (const seat of instance.subject.seats) this.#join(this.#group(seat, instance, now), instance, now);
  }

  #join(group: Group, instance: Instance, now: number): void {
    const { fingerprint: key, targetIn } = instance.subject;
    const before = group.members.get(key);
    if (before && before !== instance) this.#pipeline.forget(group, before, now);
    group.members.set(key, instance);
    for (const part of targetIn) existingOr(this.#targets, part.key, () => new Set()).add(group);
    this.#wake(group, now);
  }

  #group({ route, key, labels, told }: Seat, { alert }: Instance, now: number): Group {
    const groups = existingOr(this.#groups, route, () => new Map<string, Group>());
    return existingOr(groups, key, () => ({
      route,
      told,
      key,
      labels,
      members: new Map(),
      suppressions: new Map(),
      // Nobody waits for the company of what has fired for long already.
      firstFlush: isLate(alert, route, now) ? now : now + route.groupWait,
      isGone: false,
    }));
  }

  #told(key: string, route: Route): readonly Told[] {
    const { integrations = [] } = this.config.receivers.get(route.receiver) ?? {};
    return integrations.map((integration) => this.#log.of(key, route, integration));
  }

  /** Sees to it that the group's next flush takes place. */
  #wake(group: Group, time: number): void {
    const at = flushFrom(group, time);
    if (group.isGone || (group.nextFlush !== undefined && group.nextFlush <= at)) return;
    group.nextFlush = at;
    this.#plan(at, 3, () => {
      if (group.nextFlush === at && !group.isGone) this.#flush(group, at);
    });
  }

  #wakeTargets(keys: readonly string[], now: number): void {
    for (const key of keys) for (const group of this.#targets.get(key) ?? []) this.#wake(group, now);
  }

  #wakeAll(now: number): void {
    for (const groups of this.#groups.values()) for (const group of groups.values()) this.#wake(group, now);
  }

  #timetable(route: Route): Timetable | undefined {
    if (route.active.length === 0 && route.mute.length === 0) return undefined;
    const { from, to } = this.options;
    return existingOr(this.#timetables, route, () => new Timetable(this.config, route, from, to));
  }

  #flush(group: Group, now: number): void {
    group.lastFlush = now;
    delete group.nextFlush;
    const timetable = this.#timetable(group.route);
    const passed = this.#pipeline.pass(group, timetable, now);
    if (passed.length > 0) this.#notify(group, passed, now);
    for (const [key, instance] of group.members) {
      if (!instance.isResolved) continue;
      group.members.delete(key);
      this.#pipeline.forget(group, instance, now);
    }
    if (group.members.size === 0) this.#remove(group);
    else {
      if (timetable) this.#wake(group, timetable.at(now).to);
      if (passed.length > 0) this.#wake(group, this.#due(group, now));
    }
  }

  #remove(group: Group): void {
    group.isGone = true;
    this.#groups.get(group.route)?.delete(group.key);
  }

  /** The first moment at which an unchanged group has to be told once more. */
  #due({ told }: Group, now: number): number {
    return Math.min(...told.map((one) => one.due(now))) + 1;
  }

  #notify(group: Group, passed: readonly Instance[], now: number): void {
    const { key, route, labels } = group;
    const firing = passed.filter(({ isResolved }) => !isResolved);
    const resolved = passed.filter(({ isResolved }) => isResolved);
    const messages = new Map<string, { reason: Reason; of: Integration[]; resolved: readonly Instance[] }>();
    for (const one of group.told) {
      const { integration } = one;
      const reason = one.reason(now, firing, resolved);
      if (!reason) continue;
      // Also when it says nothing of what has resolved: it no longer believes that it fires.
      one.write(now, firing, resolved);
      if (!integration.sendResolved && firing.length === 0) continue;
      const same = `${reason} ${integration.sendResolved && resolved.length > 0}`;
      const told = integration.sendResolved ? resolved : [];
      existingOr(messages, same, () => ({ reason, of: [], resolved: told })).of.push(integration);
    }
    const alertsOf = (instances: readonly Instance[]) => instances.map(({ alert }) => alert);
    for (const one of messages.values()) {
      this.#notifications.push({
        at: now,
        receiver: route.receiver,
        integrations: one.of,
        groupKey: key,
        groupLabels: labels,
        reason: one.reason,
        status: firing.length > 0 ? "firing" : "resolved",
        firing: alertsOf(firing),
        resolved: alertsOf(one.resolved),
      });
    }
  }

  /**
   * Prometheus says it again and again. A group that is there takes it in; another one would be made for it, which
   * matters only where somebody believes still that it fires.
   */
  #resend(instance: Instance, endsAt: number, now: number): void {
    const { resendEvery = 60_000, resendFor = 15 * 60_000 } = this.options;
    const at = now + resendEvery;
    if (resendEvery === 0 || at > endsAt + resendFor) return;
    const { subject, alert } = instance;
    this.#plan(at, 2, () => {
      if (subject.current !== instance) return;
      for (const seat of subject.seats) {
        const { route, key, told } = seat;
        const isNoted =
          this.#groups.get(route)?.has(key) ||
          !isLate(alert, route, at) ||
          told.some((one) => one.believes(at, subject));
        if (isNoted) this.#join(this.#group(seat, instance, at), instance, at);
      }
      this.#resend(instance, endsAt, at);
    });
  }
}

/** Whether an alert has fired for longer than its group would wait. */
const isLate = ({ startsAt }: FiredAlert, { groupWait }: Route, now: number) => startsAt + groupWait < now;
