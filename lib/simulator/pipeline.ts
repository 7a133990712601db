import type { Group } from "./group";
import type { Inhibitor } from "./inhibitor";
import type { Held, Suppression } from "./notification";
import { type Silence, silencedBy } from "./silence";
import type { Instance } from "./subject";
import type { Timetable } from "./timetable";

const because = (held: Held) =>
  held.by === "inhibition" ? held.source : held.by === "silence" ? held.silence : held.names;
const isSame = (one: Held, other: Held) => one.by === other.by && because(one) === because(other);

/** What stands between a group's flush and its receiver, in Alertmanager's order: inhibition, hours, silences. */
export class Pipeline {
  readonly suppressions: Suppression[] = [];

  constructor(
    private readonly inhibitor: Inhibitor,
    private readonly silences: readonly Silence[],
  ) {}

  /** The group's alerts that pass, and writes down those that don't. */
  pass(group: Group, timetable: Timetable | undefined, now: number): readonly Instance[] {
    const closed = timetable?.at(now).held;
    const passed: Instance[] = [];
    for (const instance of group.members.values()) {
      const held = this.#held(instance, closed, now);
      if (held) this.#hold(group, instance, held, now);
      else {
        this.#release(group, instance, now);
        passed.push(instance);
      }
    }
    return passed;
  }

  #held({ subject }: Instance, closed: Held | undefined, now: number): Held | undefined {
    const source = subject.targetIn.length > 0 ? this.inhibitor.inhibits(subject) : undefined;
    if (source) return { by: "inhibition", source: source.labels };
    if (closed || this.silences.length === 0) return closed;
    const silence = silencedBy(this.silences, subject.labels, now);
    return silence && { by: "silence", silence: silence.id };
  }

  #hold(group: Group, instance: Instance, held: Held, now: number): void {
    const before = group.suppressions.get(instance.alert);
    if (before && isSame(before.held, held)) return;
    this.#release(group, instance, now);
    if (!instance.isResolved) group.suppressions.set(instance.alert, { held, from: now });
  }

  /** It is held back no longer: it passes, or has resolved, or is held back by something else. */
  #release(group: Group, { alert }: Instance, now: number): void {
    const before = group.suppressions.get(alert);
    if (!before) return;
    group.suppressions.delete(alert);
    this.#write(group, alert, { ...before, to: now });
  }

  #write({ route, key }: Group, alert: Suppression["alert"], rest: Pick<Suppression, "held" | "from" | "to">): void {
    this.suppressions.push({ alert, receiver: route.receiver, groupKey: key, ...rest });
  }

  forget(group: Group, instance: Instance, now: number): void {
    this.#release(group, instance, now);
  }

  /** Writes down what is held back still. */
  end(groups: Iterable<Group>): void {
    for (const group of groups) {
      for (const [alert, { held, from }] of group.suppressions) this.#write(group, alert, { held, from });
    }
    this.suppressions.sort((a, b) => a.from - b.from);
  }
}
