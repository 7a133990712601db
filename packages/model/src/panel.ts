import type { BackendName } from "./backend-name";
import type { Expression } from "./expression";
import type { Former } from "./formerly";
import { Place } from "./place";
import { type Duration, hours } from "./quantity";

/** One picture that answers one question. */
export interface Panel {
  /** Kebab-case, unique in its service. */
  readonly id: string;
  /** Names that it had before, the oldest first: links to it go on working. */
  readonly formerly?: Former;
  readonly title: string;
  /** What it tells, for the person who sees it for the first time. */
  readonly description: string;
  /** Name of the dashboard and title of the section that it belongs to. */
  readonly on: string;
  readonly section: string;
  /**
   * A time series; the one value of now; the ten largest values of now, in order; or states, for what is 1 while all is
   * well and 0 while it isn't.
   */
  readonly as: "timeseries" | "stat" | "ranking" | "states";
  readonly series: readonly Series[];
  /** Backends that do without this panel, each with the reason; for what a backend can't draw. */
  readonly except?: Partial<Readonly<Record<BackendName, string>>>;
  readonly place: Place;
}

export interface Series<U extends string = string> {
  /** Legend; `{label}` stands for a label's value. */
  readonly legend: string;
  readonly of: Expression<U>;
}

/** Declares a panel; every series has one and the same unit, which the axis takes. `as` defaults to a time series. */
export function panel<const U extends string>(
  id: string,
  declaration: Omit<Panel, "id" | "as" | "series" | "place"> & {
    readonly as?: Panel["as"];
    readonly series: readonly [Series<U>, ...Series<NoInfer<U>>[]];
  },
): Panel {
  return { as: "timeseries", ...declaration, id, place: Place.callerOf(panel) };
}

/** What people open: the order of its sections, for whatever panels a service's packs put there. */
export interface Dashboard {
  /** Kebab-case: `main`. */
  readonly name: string;
  /** Names that it had before, the oldest first: its uid, and with it every link, is kept. */
  readonly formerly?: Former;
  readonly title: string;
  /** The one question it answers. */
  readonly question: string;
  readonly sections: readonly string[];
  /** Time range when it is opened. Default: 1 h. */
  readonly range: Duration;
  readonly place: Place;
}

export function dashboard(
  name: string,
  declaration: Omit<Dashboard, "name" | "range" | "place"> & { readonly range?: Duration },
): Dashboard {
  return { range: hours(1), ...declaration, name, place: Place.callerOf(dashboard) };
}
