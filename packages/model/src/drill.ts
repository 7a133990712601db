import type { LabelNames, Labels, Matcher, Matchers, Metric, Selectable, Selection, Source } from "./metric";
import { select } from "./metric";
import { Place } from "./place";
import { type Duration, hours, type Quantity, seconds } from "./quantity";
import type { Service } from "./service";

/**
 * An incident that is rehearsed: what happens to which metrics when, and who must be called for it how soon. It is data,
 * played on the real rules over made traffic; nothing is broken for it.
 */
export interface Drill {
  /** Kebab-case: `database-down`. */
  readonly name: string;
  /** What it is about, in one sentence. */
  readonly title: string;
  /** When it begins, `YYYY-MM-DDTHH:MM` on the wall clock of `zone`. */
  readonly begins: string;
  /** IANA name. */
  readonly zone: string;
  /** How long all was well before. */
  readonly healthy: Duration;
  /** How long it is watched, from its beginning. */
  readonly watched: Duration;
  readonly happens: readonly Phase[];
  /** Who is woken, once each. Any other page is one for nothing. */
  readonly pages: readonly Expectation[];
  /** Who is told without being woken. What else is told so is nobody's trouble. */
  readonly tells: readonly Expectation[];
  /** What nobody may be told, by no channel: it says what another alert says already, or says it too soon. */
  readonly silent: readonly AlertsOfService[];
  readonly place: Place;
}

/** Declares a drill. Begins on a Tuesday at 10:00 in London, after six healthy hours, and is watched for an hour. */
export function drill(
  name: string,
  declaration: Pick<Drill, "title" | "happens"> & Partial<Omit<Drill, "name" | "title" | "happens" | "place">>,
): Drill {
  return {
    begins: "2026-03-10T10:00",
    zone: "Europe/London",
    healthy: hours(6),
    watched: hours(1),
    pages: [],
    tells: [],
    silent: [],
    ...declaration,
    name,
    place: Place.callerOf(drill),
  };
}

/** What happens to one service's metrics, for a while. */
export interface Phase {
  readonly service: Service;
  /** What a person would say of it: "PostgreSQL stops". */
  readonly what: string;
  readonly effects: readonly Effect[];
  /** Since the drill's beginning. */
  readonly after: Duration;
  /** Undefined: until the drill is over. */
  readonly lasts?: Duration;
  /** How often it comes, and how far apart its beginnings are. */
  readonly times: number;
  readonly every: Duration;
  readonly place: Place;
}

/** One phase of a drill. By default it begins with the drill, lasts to its end, and comes once. */
export const to = (
  service: Service,
  what: string,
  effects: readonly Effect[],
  when: Partial<Pick<Phase, "after" | "lasts" | "times" | "every">> = {},
): Phase => ({
  after: seconds(0),
  times: 1,
  every: hours(1),
  ...when,
  service,
  what,
  effects,
  place: Place.callerOf(to),
});

export type Effect =
  /** A gauge stands at a value, */
  | { readonly kind: "becomes"; readonly of: Selection; readonly value: number }
  /** or goes to one in a straight line. */
  | { readonly kind: "grows"; readonly of: Selection; readonly value: number; readonly within: number }
  /** So many times as much is counted. */
  | { readonly kind: "multiplies"; readonly of: Selection; readonly factor: number }
  /** A share of what is counted is counted under other labels. */
  | {
      readonly kind: "turns";
      readonly of: Selection;
      readonly share: number;
      readonly into: Readonly<Record<string, string>>;
    }
  /** What is observed is so many times as large. */
  | { readonly kind: "stretches"; readonly of: Selection; readonly factor: number }
  /** Everything that comes with requests is so many times as much. */
  | { readonly kind: "load"; readonly factor: number }
  /** Targets can't be scraped; what they do goes on. */
  | { readonly kind: "loses"; readonly source: Source; readonly targets: number }
  /** Processes begin anew, their counters at zero. */
  | { readonly kind: "restarts"; readonly targets: number };

const erase = (selection: unknown) => selection as Selection;

/** A gauge stands at this value: `becomes(postgresUp, count(0, "servers"))`. */
export const becomes = <U extends string, L extends Labels>(
  of: Selectable<"gauge", U, L>,
  { value }: Quantity<NoInfer<U>>,
): Effect => ({ kind: "becomes", of: erase(select(of)), value });

/** A gauge goes from where it usually is to this value, and stays there. */
export const grows = <U extends string, L extends Labels>(
  of: Selectable<"gauge", U, L>,
  into: { readonly to: Quantity<NoInfer<U>>; readonly within: Duration },
): Effect => ({ kind: "grows", of: erase(select(of)), value: into.to.value, within: into.within.value });

/** So many times as much is counted: `multiplies(ticketsSold, 0)` is no sale at all. */
export const multiplies = <U extends string, L extends Labels>(
  of: Selectable<"counter", U, L>,
  factor: number,
): Effect => ({ kind: "multiplies", of: erase(select(of)), factor });

/** A share of what is counted is counted under other labels: `turns(requests, percent(20), { status: "500" })`. */
export const turns = <U extends string, L extends Labels>(
  of: Selectable<"counter", U, L>,
  share: Quantity<"ratio">,
  into: { readonly [K in LabelNames<L>]?: Extract<Matchers<L>[K], string> },
): Effect => ({
  kind: "turns",
  of: erase(select(of)),
  share: share.value,
  into: into as Readonly<Record<string, string>>,
});

/** What is observed is so many times as large: `stretches(duration, 20)` is twenty times as slow. */
export const stretches = <U extends string, L extends Labels>(
  of: Selectable<"histogram", U, L>,
  factor: number,
): Effect => ({ kind: "stretches", of: erase(select(of)), factor });

/** Everything that comes with requests is so many times as much: a marketing peak is `load(4)`, nobody is `load(0)`. */
export const load = (factor: number): Effect => ({ kind: "load", factor });

/** Targets of a source can't be scraped; by default all of them. Whatever they did goes on. */
export const loses = (source: Source, targets = Number.POSITIVE_INFINITY): Effect => ({
  kind: "loses",
  source,
  targets,
});

/** Processes of the service begin anew, by default all of them: counters at zero, a scrape lost. */
export const restarts = (targets = Number.POSITIVE_INFINITY): Effect => ({ kind: "restarts", targets });

/** The alerts of an objective; their names are the same for every service that has one. */
type ObjectiveAlert = "ErrorBudgetBurnFast" | "ErrorBudgetBurnSlow";
type AlertIdOf<S extends Service> = (S extends Service<string, infer A> ? A["id"] : never) | ObjectiveAlert;

/** Some alerts of one service. */
export interface AlertsOfService {
  readonly service: Service;
  readonly alerts: readonly string[];
  readonly place: Place;
}

/** One of these alerts reaches somebody in time. */
export interface Expectation extends AlertsOfService {
  /** From the drill's beginning to the first notification, with all that Alertmanager waits. */
  readonly within: Duration;
  /** Sooner than this would be wrong. */
  readonly notBefore: Duration;
}

type Ids<S extends Service> = AlertIdOf<S> | readonly [AlertIdOf<S>, ...AlertIdOf<S>[]];
const listed = (ids: string | readonly string[]) => (typeof ids === "string" ? [ids] : ids);

/** One of these alerts must reach somebody within that time of the drill's beginning. */
export const by = <S extends Service>(
  service: S,
  alerts: Ids<NoInfer<S>>,
  { within, notBefore = seconds(0) }: { readonly within: Duration; readonly notBefore?: Duration },
): Expectation => ({ service, alerts: listed(alerts), within, notBefore, place: Place.callerOf(by) });

/** Of these alerts nobody may be told. */
export const never = <S extends Service>(service: S, alerts: Ids<NoInfer<S>>): AlertsOfService => ({
  service,
  alerts: listed(alerts),
  place: Place.callerOf(never),
});

/** The metrics that an effect names. */
export const metricOf = (effect: Effect): Metric | undefined => ("of" in effect ? effect.of.metric : undefined);
/** Whether a series is one of a selection's. */
export function selects(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every(({ label, operator, value }) => {
    const text = labels[label] ?? "";
    if (operator === "=") return text === value;
    if (operator === "!=") return text !== value;
    return new RegExp(`^(?:${value})$`).test(text) === (operator === "=~");
  });
}
