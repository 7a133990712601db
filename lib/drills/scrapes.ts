import { type Happening, meets, ofKind, overlap } from "./happening";
import { loadAt } from "./load";
import { randomFrom, seedOf } from "./random";
import type { Target } from "./targets";

/** A process is back after this long. */
const restart = 8000;
/** For how long processes have run when the traffic begins. */
const agedAtFirst = 3 * 86_400_000;

/** When one target is scraped, what comes of it, and how much there was to do since the scrape before. */
export interface Scrapes {
  readonly target: Target;
  readonly times: Float64Array;
  /** 1 for a scrape that succeeds. */
  readonly succeeds: Uint8Array;
  /** When the process that answers began, in ms since 1970. */
  readonly begun: Float64Array;
  /** Requests since the scrape before that this target has had, on average. */
  readonly requests: Float64Array;
  /** The load at that time: 1 is the largest of a usual week. */
  readonly load: Float64Array;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much of a service's usual load there is at a time; 1 where nothing happens. */
function loadFactor(loads: readonly ReturnType<typeof ofKind<"load">>[number][], begin: number, end: number): number {
  return loads.reduce((product, one) => product * (1 + (one.effect.factor - 1) * overlap(one, begin, end)), 1);
}

/**
 * The scrapes of a target within a span. Each target has a moment of its own within the interval, as Prometheus gives it.
 * `peak`: requests a second at the week's largest load, of all targets of this source together. `flat`: that much always.
 */
export function scrapesOf(
  target: Target,
  span: Span,
  happenings: readonly Happening[],
  { peak, flat = false }: { readonly peak: number; readonly flat?: boolean },
): Scrapes {
  const { interval, labels } = target;
  const moment = Math.floor(randomFrom(seedOf(`${labels.job} ${labels.instance}`))() * interval);
  const first = Math.ceil(span.from / interval) * interval + moment;
  const size = Math.max(0, Math.floor((span.to - first) / interval) + 1);
  const own = happenings.filter(({ service }) => service === target.service);
  const lost = ofKind(own, "loses").filter(({ effect }) => effect.source === target.source && meets(effect, target));
  const restarts = ofKind(own, "restarts").filter(({ effect }) => target.source === "service" && meets(effect, target));
  const loads = ofKind(own, "load");
  const scrapes = {
    target,
    times: new Float64Array(size),
    succeeds: new Uint8Array(size).fill(1),
    begun: new Float64Array(size).fill(span.from - agedAtFirst),
    requests: new Float64Array(size),
    load: new Float64Array(size),
  };
  for (let index = 0; index < size; index++) {
    const time = first + index * interval;
    scrapes.times[index] = time;
    const load = (flat ? 1 : loadAt(time - interval / 2)) * loadFactor(loads, time - interval, time);
    scrapes.load[index] = load;
    scrapes.requests[index] = (peak * load * interval) / 1000 / target.of;
  }
  const indexAt = (time: number) => Math.min(size, Math.max(0, Math.ceil((time - first) / interval)));
  for (const { from, to } of lost) scrapes.succeeds.fill(0, indexAt(from), indexAt(to));
  for (const { from } of [...restarts].sort((one, other) => one.from - other.from)) {
    scrapes.succeeds.fill(0, indexAt(from), indexAt(from + restart));
    scrapes.begun.fill(from, indexAt(from));
  }
  return scrapes;
}
