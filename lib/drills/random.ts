/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
type Random = () => number;

/** A seed from a text (FNV-1a), so that each series has numbers of its own whatever else is made. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normal, mean 0 and deviation 1 (Box and Muller). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** From here on a normal distribution is as good, and does not cost a step for each event. */
const many = 40;

/** How often something happens that happens `mean` times on average, each time by itself. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > many) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const drawn = random();
  let probability = Math.exp(-mean);
  let sum = probability;
  let events = 0;
  while (drawn > sum && probability > 0) {
    events++;
    probability *= mean / events;
    sum += probability;
  }
  return events;
}
