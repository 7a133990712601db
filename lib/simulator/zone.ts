import { IANAZone } from "luxon";

const quarter = 15 * 60_000;

/** Wall clocks of one place. Zones change their offset at whole quarters of an hour, so that each is asked for once. */
export class WallClock {
  readonly #offsets = new Map<number, number>();
  readonly #zone: IANAZone;

  constructor(readonly name: string) {
    this.#zone = IANAZone.create(name);
  }

  /** A date whose UTC fields are what the clock shows at this moment. */
  at(time: number): Date {
    const start = Math.floor(time / quarter);
    let offset = this.#offsets.get(start);
    if (offset === undefined) {
      offset = this.#zone.offset(start * quarter) * 60_000;
      this.#offsets.set(start, offset);
    }
    return new Date(time + offset);
  }
}

/**
 * Whether Go's time package finds it in the IANA database, on a file system that tells large letters from small ones.
 * `Local` is a machine's own and nobody else's.
 */
export function isZone(name: string): boolean {
  if (name === "UTC") return true;
  if (!/^[A-Z]/.test(name) || name === "Local" || !IANAZone.create(name).isValid) return false;
  const known = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  return known === name || known.toLowerCase() !== name.toLowerCase();
}
