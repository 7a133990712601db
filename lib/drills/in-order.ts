/** Runs some of them at a time, and gives each result in their order as soon as it is there. */
export async function* inOrder<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce = 2,
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  const begin = () => {
    const item = items[started.length];
    if (item === undefined) return;
    const one = work(item);
    // Whoever waits for it hears of its failure; until then it is nobody's.
    one.catch(() => {});
    started.push(one);
    one.then(begin, () => {});
  };
  for (let index = 0; index < Math.min(atOnce, items.length); index++) begin();
  for (let index = 0; index < items.length; index++) {
    while (started[index] === undefined) await Promise.race(started.slice(0, index));
    yield await (started[index] as Promise<R>);
  }
}
