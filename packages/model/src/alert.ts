import type { BackendName } from "./backend-name";
import type { Condition } from "./condition";
import type { Former } from "./formerly";
import { Place } from "./place";
import { type Duration, minutes, type Quantity, seconds } from "./quantity";
import type { Severity } from "./severity";

/** One thing that can go wrong and that somebody must know of. `U` is the unit of the value it watches. */
export interface Alert<Id extends string = string, U extends string = string> {
  /** CamelCase, at most 40 characters, unique in its service; the alert's name in every backend. */
  readonly id: Id;
  /** Names that it had before, the oldest first: its monitors and their history are kept. */
  readonly formerly?: Former;
  readonly when: Condition<U>;
  /** How long the condition must hold before anybody is called. */
  readonly for: Duration;
  /** How long it stays firing after the condition has ceased, so that one which comes and goes is one page. */
  readonly keepFiring: Duration;
  readonly severity: Severity;
  /** One sentence, never templated, so that it is the same for all instances: "Payments are failing." */
  readonly summary: string;
  /**
   * What the person on call reads. `{value}` and `{threshold}` stand for these, humanized in the unit, `{window}` for the
   * time that is looked back over, and `{label:instance}` for a label's value.
   */
  readonly description: string;
  /** Markdown page below runbooks/, without its ending. Default: the id in kebab-case. */
  readonly runbook: string;
  /** Id of the panel that explains it; its threshold is drawn there. */
  readonly panel?: string;
  /**
   * What is down when this fires: the service itself, or a dependency by its name. While it fires, the symptoms of
   * whatever needs that are not told.
   */
  readonly down?: typeof itself | string;
  /** A symptom is not told while what causes it is down; a cause (a full disk) always is. Default: symptom. */
  readonly nature: "symptom" | "cause";
  /**
   * While this fires, the alerts with these ids of the same service are not told: they say the same, later or milder. An
   * objective's alert is named with its objective: `availability/ErrorBudgetBurnSlow`.
   */
  readonly outranks: readonly string[];
  /** What is down and can't be the cause of these, by their ids: they are told beside it. Default: all symptoms are its. */
  readonly spares: readonly string[];
  /** Backends that do without this alert, each with the reason; for what a backend can't express. */
  readonly except?: Partial<Readonly<Record<BackendName, string>>>;
  readonly place: Place;
}

/** Stands for the service that an alert belongs to, wherever a pack can't know its name. */
export const itself = "itself";

type Defaulted = "for" | "keepFiring" | "runbook" | "nature" | "outranks" | "spares";
export type AlertDeclaration<U extends string> = Omit<Alert<string, U>, "id" | "place" | Defaulted> &
  Partial<Pick<Alert<string, U>, Defaulted>>;

/** `HttpErrorRatioHigh` to `http-error-ratio-high`. */
export const kebab = (id: string) => id.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/**
 * What is down and comes back for a moment is down still: somebody who was called for it need not be called again. A service
 * that needed it is seen to be back later than that, by checks that are minutes apart.
 */
const keepsFiring = (down: Alert["down"]) =>
  down === undefined ? seconds(0) : down === itself ? minutes(2) : minutes(5);

/**
 * Declares an alert. `for` defaults to 0, `nature` to symptom; `keepFiring` to 0, but to 2 m where the service is `down` and
 * to 5 m where a dependency is.
 */
export function alert<const Id extends string, const U extends string>(
  id: Id,
  declaration: AlertDeclaration<U>,
): Alert<Id, U> {
  return {
    for: seconds(0),
    keepFiring: keepsFiring(declaration.down),
    runbook: kebab(id),
    nature: "symptom",
    outranks: [],
    spares: [],
    ...declaration,
    id,
    place: Place.callerOf(alert),
  };
}

/** What an environment can change about an alert; only a limit of the alert's own unit fits. */
export interface Tuning<U extends string = string> {
  readonly threshold?: Quantity<U>;
  readonly for?: Duration;
  /** The windows that the condition looks back over. */
  readonly over?: Duration;
  readonly severity?: Severity;
}

/** The tuning that fits a set of alerts: by id, in each one's unit. */
export type TuningOf<A extends Alert> = {
  readonly [Id in A["id"]]?: Extract<A, { id: Id }> extends Alert<Id, infer U> ? Tuning<U> : never;
};
