/** What Datadog has no words for, and what to write instead. */
export class Refusal {
  constructor(
    /** Goes on from "Datadog can't express": "the regular expression …". */
    readonly what: string,
    /** The way out, in the imperative. */
    readonly instead: string,
  ) {}
}

/** The first refusal among some results, if any. */
export const refusalIn = (results: readonly unknown[]): Refusal | undefined =>
  results.find((result): result is Refusal => result instanceof Refusal);

export const accepted = <T>(result: T | Refusal): result is Exclude<T, Refusal> => !(result instanceof Refusal);
