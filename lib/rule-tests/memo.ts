/** What was made of two things, made once: conditions are read at each of thousands of evaluations. */
export class Memo<A, B, Value> {
  readonly #made = new Map<A, Map<B, Value>>();

  of(a: A, b: B, make: () => Value): Value {
    const made = this.#made.get(a) ?? new Map<B, Value>();
    this.#made.set(a, made);
    if (!made.has(b)) made.set(b, make());
    return made.get(b) as Value;
  }
}
