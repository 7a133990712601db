import type { Integration, Route } from "./config";
import { existingOr } from "./existing-or";
import type { Reason } from "./notification";

/** Alerts are told apart by their subject; of what it is, the log need not know. */
interface Member {
  readonly subject: object;
}

interface Entry {
  readonly at: number;
  readonly firing: ReadonlySet<object>;
  readonly resolved: ReadonlySet<object>;
  /** When Alertmanager has forgotten it. */
  readonly goneAt: number;
}

/** The values of `--data.retention` and `--data.maintenance-interval`. */
const retention = 120 * 3_600_000;
const maintenance = 15 * 60_000;

const isSubset = (instances: readonly Member[], of: ReadonlySet<object>) =>
  instances.every(({ subject }) => of.has(subject));

/** What one integration was told last of one group. */
export class Told {
  #last: Entry | undefined;

  constructor(
    readonly integration: Integration,
    private readonly repeatInterval: number,
    private readonly from: number,
  ) {}

  #entry(now: number): Entry | undefined {
    return this.#last && this.#last.goneAt > now ? this.#last : undefined;
  }

  /** Why it has to be told now; undefined: it need not. */
  reason(now: number, firing: readonly Member[], resolved: readonly Member[]): Reason | undefined {
    const entry = this.#entry(now);
    if (!entry) return firing.length > 0 ? "first" : undefined;
    if (!isSubset(firing, entry.firing)) return entry.firing.size === 0 ? "first" : "new alerts";
    if (firing.length === 0) return entry.firing.size > 0 ? "all resolved" : undefined;
    if (this.integration.sendResolved && !isSubset(resolved, entry.resolved)) return "some resolved";
    // It was written down a moment after the flush: what is due exactly now is due at the next one.
    return entry.at < now - this.repeatInterval ? "repeated" : undefined;
  }

  write(now: number, firing: readonly Member[], resolved: readonly Member[]): void {
    const expiresAt = now + Math.min(retention, 2 * this.repeatInterval);
    this.#last = {
      at: now,
      firing: new Set(firing.map(({ subject }) => subject)),
      resolved: new Set(resolved.map(({ subject }) => subject)),
      goneAt: this.from + Math.ceil((expiresAt - this.from) / maintenance) * maintenance,
    };
  }

  /** After which an unchanged group is told once more, or told anew since it is forgotten. */
  due(now: number): number {
    const entry = this.#entry(now);
    return entry ? Math.min(entry.at + this.repeatInterval, entry.goneAt - 1) : Number.POSITIVE_INFINITY;
  }

  /** Whether it still believes that an alert fires. */
  believes(now: number, subject: object): boolean {
    return this.#entry(now)?.firing.has(subject) ?? false;
  }
}

/** What each integration was told last of each group. It outlives the groups. */
export class NotificationLog {
  readonly #told = new Map<string, Told>();

  /** @param from when Alertmanager was started, from where on it forgets at regular times */
  constructor(private readonly from: number) {}

  of(groupKey: string, { receiver, repeatInterval }: Route, integration: Integration): Told {
    const key = JSON.stringify([receiver, integration.kind, integration.index, groupKey]);
    return existingOr(this.#told, key, () => new Told(integration, repeatInterval, this.from));
  }
}
