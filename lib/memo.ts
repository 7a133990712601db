/** What was made of two things, made once; for as long as this is known, and both. */
export class Memo<A, B, Value> {
  readonly #made = new Map<A, Map<B, Value>>();

  of(a: A, b: B, make: () => Value): Value {
    const made = this.#made.get(a) ?? new Map<B, Value>();
    this.#made.set(a, made);
    if (!made.has(b)) made.set(b, make());
    return made.get(b) as Value;
  }
}
