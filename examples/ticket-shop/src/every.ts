const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * A share of calls, evenly spread and the same in every run: `every(0.3)` is true for about 3 of any 10 calls in a row.
 * Chance would make a fault's first minute differ from run to run; a plain period would fall into step with a load that
 * has one too, and spare the same route for ever. Multiples of an irrational number do neither.
 */
export function every(share: number): () => boolean {
  let calls = 0;
  return () => {
    calls += 1;
    return (calls * goldenRatio) % 1 < share;
  };
}
